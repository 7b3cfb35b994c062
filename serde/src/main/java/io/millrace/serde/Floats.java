package io.millrace.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs of float32 and float64 in little-endian bytes. */
final class Floats {
  private Floats() {}

  static void put(ByteBuffer out, float[] values) {
    out.asFloatBuffer().put(values);
    out.position(out.position() + Float.BYTES * values.length);
  }

  static float[] get(ByteBuffer in, int length) {
    float[] values = new float[length];
    in.asFloatBuffer().get(values);
    in.position(in.position() + Float.BYTES * length);
    return values;
  }

  static void put(ByteBuffer out, double[] values) {
    out.asDoubleBuffer().put(values);
    out.position(out.position() + Double.BYTES * values.length);
  }

  static double[] getDoubles(ByteBuffer in, int length) {
    double[] values = new double[length];
    in.asDoubleBuffer().get(values);
    in.position(in.position() + Double.BYTES * length);
    return values;
  }

  static ByteBuffer bytes(float[]... runs) {
    int length = 0;
    for (float[] run : runs) {
      length += run.length;
    }
    ByteBuffer out = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] run : runs) {
      put(out, run);
    }
    return out.flip();
  }

  static boolean areFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
