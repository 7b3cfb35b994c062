package io.millrace.tests.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages valid inputs, the same way for the same numbers. */
final class Mutator {
  private static final int LONGEST_RANDOM = 300;
  private static final int MOST_REPEATS = 3_000;

  /** What lengths, counts, versions and floats are least likely to be. */
  private static final long[] EXTREMES = {
    -1,
    0,
    1,
    -Byte.MAX_VALUE,
    Byte.MAX_VALUE,
    Short.MAX_VALUE,
    0xFFFF,
    1 << 24,
    1 << 30,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Float.floatToRawIntBits(Float.NaN),
    Float.floatToRawIntBits(-1e30f),
    Double.doubleToRawLongBits(Double.NaN),
    Double.doubleToRawLongBits(-1e300),
    Double.doubleToRawLongBits(Double.POSITIVE_INFINITY)
  };

  private final RandomGenerator random;
  private final FuzzTarget target;

  Mutator(RandomGenerator random, FuzzTarget target) {
    this.random = random;
    this.target = target;
  }

  byte[] next() {
    byte[] bytes = pick(target.corpus()).clone();
    boolean keepsLength = random.nextInt(3) == 0;
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      bytes = keepsLength ? damagedInPlace(bytes) : damaged(bytes);
    }
    return random.nextBoolean() ? target.reseal().apply(bytes) : bytes;
  }

  /** What has fields at fixed places is refused for its length otherwise, and no more. */
  private byte[] damagedInPlace(byte[] bytes) {
    return random.nextBoolean() ? flipped(bytes) : withFixedExtreme(bytes);
  }

  private byte[] damaged(byte[] bytes) {
    return switch (random.nextInt(10)) {
      case 0 -> flipped(bytes);
      case 1 -> Arrays.copyOf(bytes, place(bytes));
      case 2 -> spliced(bytes, pick(target.corpus()));
      case 3 -> withFixedExtreme(bytes);
      case 4 -> inserted(bytes, variableExtreme());
      case 5 -> withVariableExtreme(bytes);
      case 6 -> inserted(bytes, random(1 + random.nextInt(16)));
      case 7 -> repeated(bytes);
      case 8 -> target.tokens().isEmpty() ? flipped(bytes) : inserted(bytes, pick(target.tokens()));
      default -> random.nextInt(20) == 0 ? random(random.nextInt(LONGEST_RANDOM)) : cut(bytes);
    };
  }

  private byte[] pick(List<byte[]> from) {
    return from.get(random.nextInt(from.size()));
  }

  private int place(byte[] bytes) {
    return random.nextInt(bytes.length + 1);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] flipped(byte[] bytes) {
    for (int flips = bytes.length == 0 ? 0 : 1 + random.nextInt(8); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return bytes;
  }

  private byte[] spliced(byte[] bytes, byte[] other) {
    int from = place(other);
    return joined(
        Arrays.copyOf(bytes, place(bytes)), Arrays.copyOfRange(other, from, other.length));
  }

  private byte[] cut(byte[] bytes) {
    int from = place(bytes);
    int to = Math.min(bytes.length, from + random.nextInt(16));
    return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
  }

  private byte[] repeated(byte[] bytes) {
    int from = place(bytes);
    byte[] piece =
        Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(8)));
    ByteBuffer many = ByteBuffer.allocate(piece.length * (1 + random.nextInt(MOST_REPEATS)));
    while (many.hasRemaining() && piece.length > 0) {
      many.put(piece);
    }
    return inserted(bytes, many.array());
  }

  private byte[] inserted(byte[] bytes, byte[] piece) {
    int at = place(bytes);
    return joined(
        joined(Arrays.copyOf(bytes, at), piece), Arrays.copyOfRange(bytes, at, bytes.length));
  }

  /** Where a number of four or eight bytes could stand. */
  private byte[] withFixedExtreme(byte[] bytes) {
    int size = random.nextBoolean() ? Integer.BYTES : Long.BYTES;
    if (bytes.length < size) {
      return bytes;
    }
    int at = random.nextInt(bytes.length - size + 1) / Integer.BYTES * Integer.BYTES;
    ByteBuffer buffer = ByteBuffer.wrap(bytes)
        .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
    return (size == Integer.BYTES ? buffer.putInt(at, (int) extreme) : buffer.putLong(at, extreme))
        .array();
  }

  /** Where a length of one byte could stand. */
  private byte[] withVariableExtreme(byte[] bytes) {
    int at = place(bytes);
    byte[] rest = Arrays.copyOfRange(bytes, Math.min(bytes.length, at + 1), bytes.length);
    return joined(joined(Arrays.copyOf(bytes, at), variableExtreme()), rest);
  }

  /** A length or a count as Avro writes it: zigzag, seven bits a byte. */
  private byte[] variableExtreme() {
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    long zigzag = value << 1 ^ value >> Long.SIZE - 1;
    List<Byte> bytes = new ArrayList<>();
    for (; (zigzag & ~0x7FL) != 0; zigzag >>>= 7) {
      bytes.add((byte) (zigzag & 0x7F | 0x80));
    }
    bytes.add((byte) zigzag);
    byte[] array = new byte[bytes.size()];
    for (int n = 0; n < array.length; n++) {
      array[n] = bytes.get(n);
    }
    return array;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
