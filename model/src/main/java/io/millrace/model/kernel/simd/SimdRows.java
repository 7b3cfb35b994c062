package io.millrace.model.kernel.simd;

import io.millrace.model.kernel.Scratch;

/** A left side of {@link SimdProduct}: one row for each step of each window, row-major, grown to the largest batch. */
final class SimdRows {
  private final int width;
  private float[] values = {};

  SimdRows(int width) {
    this.width = width;
  }

  void reserve(int rows) {
    values = Scratch.atLeast(values, Math.multiplyExact(rows, width));
  }

  int width() {
    return width;
  }

  /** [rows,width] */
  float[] values() {
    return values;
  }

  int at(int row, int column) {
    return row * width + column;
  }
}
