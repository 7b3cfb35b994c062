package io.millrace.serde;

import io.millrace.model.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs of {@link Half halves} in little-endian bytes. */
final class Halves {
  private Halves() {}

  static void put(ByteBuffer out, float[] values, int length) {
    short[] halves = new short[length];
    for (int n = 0; n < length; n++) {
      halves[n] = Half.ofFloat(values[n]);
    }
    out.asShortBuffer().put(halves);
    out.position(out.position() + Short.BYTES * length);
  }

  /** Fills the first {@code length} of the values. */
  static void get(ByteBuffer in, float[] values, int length) {
    short[] halves = new short[length];
    in.asShortBuffer().get(halves);
    for (int n = 0; n < length; n++) {
      values[n] = Half.toFloat(halves[n]);
    }
    in.position(in.position() + Short.BYTES * length);
  }

  static float[] get(ByteBuffer in, int length) {
    float[] values = new float[length];
    get(in, values, length);
    return values;
  }

  static ByteBuffer bytes(float[]... runs) {
    int length = 0;
    for (float[] run : runs) {
      length += run.length;
    }
    ByteBuffer out = ByteBuffer.allocate(Short.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] run : runs) {
      put(out, run, run.length);
    }
    return out.flip();
  }

  /** Whether nothing would be rounded. */
  static boolean areHalves(float[] values) {
    for (float value : values) {
      if (!Half.isHalf(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the halves were, of which the first {@code length} values were made. */
  static boolean areFinite(float[] values, int length) {
    for (int n = 0; n < length; n++) {
      if (Math.abs(values[n]) > Half.MAX) {
        return false;
      }
    }
    return true;
  }
}
