package io.millrace.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs of float32 and float64 in little-endian bytes. */
final class Floats {
  private Floats() {}

  static void put(ByteBuffer out, float[] values) {
    put(out, values, values.length);
  }

  static void put(ByteBuffer out, float[] values, int length) {
    out.asFloatBuffer().put(values, 0, length);
    out.position(out.position() + Float.BYTES * length);
  }

  static float[] get(ByteBuffer in, int length) {
    float[] values = new float[length];
    get(in, values, length);
    return values;
  }

  static void get(ByteBuffer in, float[] values, int length) {
    in.asFloatBuffer().get(values, 0, length);
    in.position(in.position() + Float.BYTES * length);
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
