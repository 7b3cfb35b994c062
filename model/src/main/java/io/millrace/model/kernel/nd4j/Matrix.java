package io.millrace.model.kernel.nd4j;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * A row-major matrix outside the heap, where OpenBLAS reads it in place, and its products. They go to the OpenBLAS that ND4J brings:
 * 1 us a call, where ND4J's own operations take 10 to 30.
 */
final class Matrix {
  static {
    Loader.load(openblas_nolapack.class);
  }

  private final int columns;
  private FloatBuffer values;

  /** No rows yet. */
  Matrix(int columns) {
    this(columns, outsideTheHeap(0));
  }

  /** A view. */
  Matrix(int columns, FloatBuffer values) {
    this.columns = columns;
    this.values = values;
  }

  static FloatBuffer outsideTheHeap(int length) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Grows to that many rows. What it held is lost when it does. */
  void reserve(int rows) {
    int length = Math.multiplyExact(rows, columns);
    if (values.capacity() < length) {
      values = outsideTheHeap(length);
    }
  }

  private FloatBuffer from(int row) {
    return values.position(row * columns);
  }

  void get(int row, float[] to) {
    from(row).get(to, 0, columns);
  }

  void put(int row, float[] source, int at) {
    from(row).put(source, at, columns);
  }

  /** {@code c = keep c + this b^T} for some rows: this [rows,k], b [n,k], c [rows,n]. */
  void timesTransposed(int rows, int fromRow, Matrix b, float keep, Matrix c, int toRow) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        rows,
        c.columns,
        columns,
        1,
        from(fromRow),
        columns,
        b.from(0),
        columns,
        keep,
        c.from(toRow),
        c.columns);
  }

  /** {@code c = keep c + this b} for some rows: this [rows,k], b [k,n], c [rows,n]. */
  void times(int rows, int fromRow, Matrix b, float keep, Matrix c, int toRow) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        rows,
        c.columns,
        columns,
        1,
        from(fromRow),
        columns,
        b.from(0),
        c.columns,
        keep,
        c.from(toRow),
        c.columns);
  }

  /** {@code c += this^T b}: this [rows,m], b [rows,n], c [m,n]. */
  void transposedTimes(int rows, Matrix b, Matrix c) {
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        columns,
        b.columns,
        rows,
        1,
        from(0),
        columns,
        b.from(0),
        b.columns,
        1,
        c.from(0),
        b.columns);
  }
}
