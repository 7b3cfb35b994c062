package io.millrace.serde;

import io.millrace.model.Half;
import java.nio.ByteBuffer;

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
}
