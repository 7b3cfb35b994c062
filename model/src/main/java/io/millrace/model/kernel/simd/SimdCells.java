package io.millrace.model.kernel.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.millrace.model.HiddenState;
import io.millrace.model.kernel.Activations;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The last product of a layer, {@code z = W u + start}, and what its sums come to: c' and h'. Units go in pairs of blocks, each of a
 * vector's length {@code S}; those beyond H are never copied out.
 *
 * <pre>
 *   rows: [pairs][2][i, f, g, o][S]
 *   packed: [pairs][K][8][S]
 *   z: the rows, then, where H is not whole pairs, c, c' and h', each [pairs][2][S]
 * </pre>
 *
 * The sums of a pair stay in their registers until they are c' and h', and meanwhile a processor already reads what the next pair
 * is multiplied by: weights come from L2, so that divisions and multiply-adds have time left. Gates that are kept for a pass of
 * their own, and passes of few turns, whose ends are guessed wrong, cost a twelfth of an event.
 *
 * <p>The rows of i, f and o are halved: {@code sigmoid(z) = tanh(z/2)/2 + 1/2}, so one tanh serves all gates. Halving a float is
 * exact (unless it is subnormal), and so is the sum of halves half the sum. With {@code n/d} for each tanh, and {@code (n + d)/2d}
 * for each sigmoid, c' and h' are a quotient each: two divisions a unit in place of five.
 */
final class SimdCells {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int GATES = 4;
  private static final int PAIR = 2 * GATES;
  private static final CacheLines.Part<float[]> NONE = new CacheLines.Part<>(new float[0], 0);

  /** As bits, which for floats that are not below 0 are ordered as the floats are. */
  private static final int BOUND_SQUARED =
      Float.floatToRawIntBits(Activations.BOUND * Activations.BOUND);

  private final int hidden;
  private final int stateAt;
  private final int padded;
  private final int columns;
  private final Optional<SimdMatrix> bf16;
  private final float[] packed;
  private final int packedAt;

  /**
   * @param stateAt of the layer's units among all
   * @param columns K
   * @param source of {@link #rows}
   */
  SimdCells(int hidden, int stateAt, int columns, SimdMatrix.Source source) {
    int rows = rows(hidden);
    this.hidden = hidden;
    this.stateAt = stateAt;
    this.padded = rows / GATES;
    this.columns = columns;
    boolean narrow = SimdBf16Matrix.holds(rows, columns, source);
    this.bf16 = narrow ? Optional.of(new SimdBf16Matrix(rows, columns, source)) : Optional.empty();
    CacheLines.Part<float[]> part =
        narrow ? NONE : packed(SimdStrips.of(rows, columns, PAIR), source);
    this.packed = part.array();
    this.packedAt = part.at();
  }

  private static CacheLines.Part<float[]> packed(SimdStrips strips, SimdMatrix.Source source) {
    CacheLines.Part<float[]> packed = CacheLines.FLOATS.take(strips.length());
    for (int row = 0; row < strips.vectors() * LANES; row++) {
      for (int k = 0; k < strips.depth(); k++) {
        packed.array()[packed.at() + strips.at(row, k)] = source.at(row, k);
      }
    }
    return packed;
  }

  /** How many rows hold the gates of {@code hidden} units. */
  static int rows(int hidden) {
    int pairs = (hidden + 2 * LANES - 1) / (2 * LANES);
    return Math.multiplyExact(pairs, PAIR * LANES);
  }

  /** Of i, f, g and o, from 0. */
  static int gate(int row) {
    return row / LANES % GATES;
  }

  /** May be beyond H. */
  static int unit(int row) {
    return row / (GATES * LANES) * LANES + row % LANES;
  }

  int stateAt() {
    return stateAt;
  }

  /** How long z is. */
  int workspace() {
    return (GATES + 3) * padded;
  }

  /**
   * @param u read from {@code uAt}: [K]
   * @param start what the sums start from, read from {@code startAt}: [rows]; may be {@code z}
   * @param z written from {@code zAt}
   * @param before of all layers; this one's part of c is read
   * @param after of all layers; this one's part is written
   */
  void step(
      float[] u,
      int uAt,
      float[] start,
      int startAt,
      float[] z,
      int zAt,
      HiddenState before,
      HiddenState after) {
    if (bf16.isPresent()) {
      bf16.get().product(u, uAt, start, startAt, z, zAt);
      cells(u, uAt, 0, z, zAt, z, zAt, before, after);
    } else {
      cells(u, uAt, columns, start, startAt, z, zAt, before, after);
    }
  }

  private void cells(
      float[] u,
      int uAt,
      int columns,
      float[] start,
      int startAt,
      float[] z,
      int zAt,
      HiddenState before,
      HiddenState after) {
    if (padded == hidden) {
      pairs(
          u,
          uAt,
          columns,
          start,
          startAt,
          z,
          zAt,
          before.c(),
          stateAt,
          after.c(),
          stateAt,
          after.h(),
          stateAt);
    } else {
      int c = zAt + GATES * padded;
      int h = c + 2 * padded;
      System.arraycopy(before.c(), stateAt, z, c, hidden);
      pairs(u, uAt, columns, start, startAt, z, zAt, z, c, z, c + padded, z, h);
      System.arraycopy(z, c + padded, after.c(), stateAt, hidden);
      System.arraycopy(z, h, after.h(), stateAt, hidden);
    }
  }

  private void pairs(
      float[] u,
      int uAt,
      int columns,
      float[] start,
      int startAt,
      float[] z,
      int zAt,
      float[] before,
      int beforeAt,
      float[] after,
      int afterAt,
      float[] h,
      int hAt) {
    for (int unit = 0; unit < padded; unit += 2 * LANES) {
      int row = unit * GATES;
      boolean bounded = pair(
          packed,
          packedAt + row * columns,
          u,
          uAt,
          columns,
          start,
          startAt + row,
          z,
          zAt + row,
          before,
          beforeAt + unit,
          after,
          afterAt + unit,
          h,
          hAt + unit);
      if (!bounded) {
        bound(z, zAt + row);
        pair(
            packed,
            packedAt,
            u,
            uAt,
            0,
            z,
            zAt + row,
            z,
            zAt + row,
            before,
            beforeAt + unit,
            after,
            afterAt + unit,
            h,
            hAt + unit);
      }
    }
  }

  /** A NaN stays one. */
  private static void bound(float[] z, int zAt) {
    for (int n = zAt; n < zAt + PAIR * LANES; n++) {
      z[n] = Math.max(-Activations.BOUND, Math.min(Activations.BOUND, z[n]));
    }
  }

  /**
   * One pair: block 0 and block 1. Of a value x, {@code xu} is its square, and {@code xn / xd} its tanh.
   *
   * <p>No method is called but those of the Vector API, which C2 inlines whatever their number. C1 of JDK 17 gives up a method of
   * some 250 of them, and C2 then never sees it, so the constants are asked for once.
   *
   * @param columns how many of u to multiply, or 0 where start is the sums
   * @param z written only where a gate is beyond the bound: the sums
   * @return whether no gate is; if one is, c' and h' are worth nothing, and are to be computed again from z, bounded
   */
  private static boolean pair(
      float[] w,
      int wAt,
      float[] u,
      int uAt,
      int columns,
      float[] start,
      int startAt,
      float[] z,
      int zAt,
      float[] before,
      int beforeAt,
      float[] after,
      int afterAt,
      float[] h,
      int hAt) {
    FloatVector i0 = FloatVector.fromArray(S, start, startAt);
    FloatVector f0 = FloatVector.fromArray(S, start, startAt + LANES);
    FloatVector g0 = FloatVector.fromArray(S, start, startAt + 2 * LANES);
    FloatVector o0 = FloatVector.fromArray(S, start, startAt + 3 * LANES);
    FloatVector i1 = FloatVector.fromArray(S, start, startAt + 4 * LANES);
    FloatVector f1 = FloatVector.fromArray(S, start, startAt + 5 * LANES);
    FloatVector g1 = FloatVector.fromArray(S, start, startAt + 6 * LANES);
    FloatVector o1 = FloatVector.fromArray(S, start, startAt + 7 * LANES);
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * (PAIR * LANES);
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      i0 = FloatVector.fromArray(S, w, q).fma(uk, i0);
      f0 = FloatVector.fromArray(S, w, q + LANES).fma(uk, f0);
      g0 = FloatVector.fromArray(S, w, q + 2 * LANES).fma(uk, g0);
      o0 = FloatVector.fromArray(S, w, q + 3 * LANES).fma(uk, o0);
      i1 = FloatVector.fromArray(S, w, q + 4 * LANES).fma(uk, i1);
      f1 = FloatVector.fromArray(S, w, q + 5 * LANES).fma(uk, f1);
      g1 = FloatVector.fromArray(S, w, q + 6 * LANES).fma(uk, g1);
      o1 = FloatVector.fromArray(S, w, q + 7 * LANES).fma(uk, o1);
    }

    FloatVector i0u = i0.mul(i0);
    FloatVector f0u = f0.mul(f0);
    FloatVector g0u = g0.mul(g0);
    FloatVector o0u = o0.mul(o0);
    FloatVector i1u = i1.mul(i1);
    FloatVector f1u = f1.mul(f1);
    FloatVector g1u = g1.mul(g1);
    FloatVector o1u = o1.mul(o1);
    IntVector largest = i0u.reinterpretAsInts();
    largest = largest.max(f0u.reinterpretAsInts());
    largest = largest.max(g0u.reinterpretAsInts());
    largest = largest.max(o0u.reinterpretAsInts());
    largest = largest.max(i1u.reinterpretAsInts());
    largest = largest.max(f1u.reinterpretAsInts());
    largest = largest.max(g1u.reinterpretAsInts());
    largest = largest.max(o1u.reinterpretAsInts());
    boolean bounded = !largest.compare(GT, BOUND_SQUARED).anyTrue();
    if (!bounded) {
      i0.intoArray(z, zAt);
      f0.intoArray(z, zAt + LANES);
      g0.intoArray(z, zAt + 2 * LANES);
      o0.intoArray(z, zAt + 3 * LANES);
      i1.intoArray(z, zAt + 4 * LANES);
      f1.intoArray(z, zAt + 5 * LANES);
      g1.intoArray(z, zAt + 6 * LANES);
      o1.intoArray(z, zAt + 7 * LANES);
    }

    FloatVector p0 = FloatVector.broadcast(S, Activations.P0);
    FloatVector p1 = FloatVector.broadcast(S, Activations.P1);
    FloatVector p2 = FloatVector.broadcast(S, Activations.P2);
    FloatVector p3 = FloatVector.broadcast(S, Activations.P3);
    FloatVector q0 = FloatVector.broadcast(S, Activations.Q0);
    FloatVector q1 = FloatVector.broadcast(S, Activations.Q1);
    FloatVector q2 = FloatVector.broadcast(S, Activations.Q2);
    FloatVector q3 = FloatVector.broadcast(S, Activations.Q3);
    FloatVector q4 = FloatVector.broadcast(S, Activations.Q4);

    FloatVector i0n = i0u.fma(i0u.fma(i0u.fma(p3, p2), p1), p0).mul(i0);
    FloatVector i0d = i0u.fma(i0u.fma(i0u.fma(i0u.fma(q4, q3), q2), q1), q0);
    FloatVector f0n = f0u.fma(f0u.fma(f0u.fma(p3, p2), p1), p0).mul(f0);
    FloatVector f0d = f0u.fma(f0u.fma(f0u.fma(f0u.fma(q4, q3), q2), q1), q0);
    FloatVector g0n = g0u.fma(g0u.fma(g0u.fma(p3, p2), p1), p0).mul(g0);
    FloatVector g0d = g0u.fma(g0u.fma(g0u.fma(g0u.fma(q4, q3), q2), q1), q0);
    FloatVector ig0 = i0n.add(i0d).mul(g0n).mul(f0d);
    FloatVector fc0 = f0n.add(f0d).mul(FloatVector.fromArray(S, before, beforeAt));
    FloatVector igd0 = i0d.mul(g0d);
    FloatVector c0 = fc0.fma(igd0, ig0).div(f0d.add(f0d).mul(igd0));
    c0.intoArray(after, afterAt);
    c0 = c0.blend(Activations.BOUND, c0.compare(GT, Activations.BOUND));
    c0 = c0.blend(-Activations.BOUND, c0.compare(LT, -Activations.BOUND));
    FloatVector c0u = c0.mul(c0);
    FloatVector o0n = o0u.fma(o0u.fma(o0u.fma(p3, p2), p1), p0).mul(o0);
    FloatVector o0d = o0u.fma(o0u.fma(o0u.fma(o0u.fma(q4, q3), q2), q1), q0);
    FloatVector c0n = c0u.fma(c0u.fma(c0u.fma(p3, p2), p1), p0).mul(c0);
    FloatVector c0d = c0u.fma(c0u.fma(c0u.fma(c0u.fma(q4, q3), q2), q1), q0);
    FloatVector h0 = o0n.add(o0d).mul(c0n);
    h0.div(o0d.add(o0d).mul(c0d)).intoArray(h, hAt);

    FloatVector i1n = i1u.fma(i1u.fma(i1u.fma(p3, p2), p1), p0).mul(i1);
    FloatVector i1d = i1u.fma(i1u.fma(i1u.fma(i1u.fma(q4, q3), q2), q1), q0);
    FloatVector f1n = f1u.fma(f1u.fma(f1u.fma(p3, p2), p1), p0).mul(f1);
    FloatVector f1d = f1u.fma(f1u.fma(f1u.fma(f1u.fma(q4, q3), q2), q1), q0);
    FloatVector g1n = g1u.fma(g1u.fma(g1u.fma(p3, p2), p1), p0).mul(g1);
    FloatVector g1d = g1u.fma(g1u.fma(g1u.fma(g1u.fma(q4, q3), q2), q1), q0);
    FloatVector ig1 = i1n.add(i1d).mul(g1n).mul(f1d);
    FloatVector fc1 = f1n.add(f1d).mul(FloatVector.fromArray(S, before, beforeAt + LANES));
    FloatVector igd1 = i1d.mul(g1d);
    FloatVector c1 = fc1.fma(igd1, ig1).div(f1d.add(f1d).mul(igd1));
    c1.intoArray(after, afterAt + LANES);
    c1 = c1.blend(Activations.BOUND, c1.compare(GT, Activations.BOUND));
    c1 = c1.blend(-Activations.BOUND, c1.compare(LT, -Activations.BOUND));
    FloatVector c1u = c1.mul(c1);
    FloatVector o1n = o1u.fma(o1u.fma(o1u.fma(p3, p2), p1), p0).mul(o1);
    FloatVector o1d = o1u.fma(o1u.fma(o1u.fma(o1u.fma(q4, q3), q2), q1), q0);
    FloatVector c1n = c1u.fma(c1u.fma(c1u.fma(p3, p2), p1), p0).mul(c1);
    FloatVector c1d = c1u.fma(c1u.fma(c1u.fma(c1u.fma(q4, q3), q2), q1), q0);
    FloatVector h1 = o1n.add(o1d).mul(c1n);
    h1.div(o1d.add(o1d).mul(c1d)).intoArray(h, hAt + LANES);
    return bounded;
  }
}
