package io.millrace.serde;

import io.millrace.schemas.Numbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The numbers of a window in its record. Rows are made of halves, and so are states with {@link StateEncoding#F16}: most windows are
 * halves throughout, and take half of the bytes. One number that is none keeps the others float32 too.
 */
final class WindowNumbers {
  private WindowNumbers() {}

  /** The shortest that holds all of them bit by bit. */
  static Numbers shortest(float[]... runs) {
    for (float[] run : runs) {
      if (!Halves.areHalves(run)) {
        return Numbers.F32;
      }
    }
    return Numbers.F16;
  }

  static ByteBuffer bytes(Numbers numbers, float[]... runs) {
    return switch (numbers) {
      case F32 -> Floats.bytes(runs);
      case F16 -> Halves.bytes(runs);
    };
  }

  /** @throws UnusableWindowException when they are not so many, or not finite */
  static float[] read(Numbers numbers, String field, ByteBuffer bytes, int length) {
    long expected = (long) size(numbers) * length;
    if (bytes.remaining() != expected) {
      throw new UnusableWindowException(field, expected + " bytes", bytes.remaining());
    }
    ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = switch (numbers) {
      case F32 -> Floats.get(in, length);
      case F16 -> Halves.get(in, length);
    };
    if (!areFinite(numbers, values)) {
      throw new UnusableWindowException(field, "finite", "NaN or infinite");
    }
    return values;
  }

  private static int size(Numbers numbers) {
    return switch (numbers) {
      case F32 -> Float.BYTES;
      case F16 -> Short.BYTES;
    };
  }

  private static boolean areFinite(Numbers numbers, float[] values) {
    return switch (numbers) {
      case F32 -> Floats.areFinite(values);
      case F16 -> Halves.areFinite(values, values.length);
    };
  }
}
