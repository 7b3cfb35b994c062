package io.millrace.serde;

import java.nio.ByteBuffer;

/** Whole numbers in as few bytes as they need, seven bits in each, the lowest first: LEB128. */
final class Varints {
  static final int MAX_BYTES = 10;

  private static final int MORE = 0x80;

  private Varints() {}

  /** Small when the value is small and not negative. */
  static void put(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & -MORE) != 0) {
      out.put((byte) (rest | MORE));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /** @throws CorruptStateException when the bytes end before the number does */
  static long get(ByteBuffer in) {
    long value = 0;
    for (int n = 0; n < MAX_BYTES; n++) {
      if (!in.hasRemaining()) {
        break;
      }
      byte next = in.get();
      value |= (long) (next & (MORE - 1)) << 7 * n;
      if (next >= 0) {
        return value;
      }
    }
    throw new CorruptStateException("number at " + in.position(), "an end", "none");
  }

  /** Small when the value is near zero, on either side. */
  static void putSigned(ByteBuffer out, long value) {
    put(out, value << 1 ^ value >> 63);
  }

  static long getSigned(ByteBuffer in) {
    long folded = get(in);
    return folded >>> 1 ^ -(folded & 1);
  }
}
