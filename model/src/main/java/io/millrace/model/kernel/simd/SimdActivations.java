package io.millrace.model.kernel.simd;

import static jdk.incubator.vector.VectorOperators.MAX;

import io.millrace.model.kernel.Activations;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Activations}, a vector at a time. */
final class SimdActivations {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int BOUND = Float.floatToRawIntBits(Activations.BOUND);

  private SimdActivations() {}

  /** tanh in place of the {@code length} values from {@code from} on, a whole number of vectors. */
  static void tanh(float[] z, int from, int length) {
    if (exceedsBound(z, from, from + length)) {
      bound(z, from, from + length);
    }
    rational(z, from, from + length);
  }

  /** Bits of floats without their sign are ordered as the floats are, NaN above all. */
  private static boolean exceedsBound(float[] z, int from, int to) {
    IntVector largest = IntVector.zero(INTS);
    for (int at = from; at < to; at += S.length()) {
      IntVector bits = FloatVector.fromArray(S, z, at).reinterpretAsInts();
      largest = largest.max(bits.and(Integer.MAX_VALUE));
    }
    return largest.reduceLanes(MAX) > BOUND;
  }

  /** Apart, for few gates need it: min and max as Java has them take half as long as all the rest. */
  private static void bound(float[] z, int from, int to) {
    for (int at = from; at < to; at += S.length()) {
      FloatVector x = FloatVector.fromArray(S, z, at);
      x.min(Activations.BOUND).max(-Activations.BOUND).intoArray(z, at);
    }
  }

  private static void rational(float[] z, int from, int to) {
    for (int at = from; at < to; at += S.length()) {
      FloatVector x = FloatVector.fromArray(S, z, at);
      FloatVector u = x.mul(x);
      FloatVector p = FloatVector.broadcast(S, Activations.P6);
      p = u.fma(p, FloatVector.broadcast(S, Activations.P5));
      p = u.fma(p, FloatVector.broadcast(S, Activations.P4));
      p = u.fma(p, FloatVector.broadcast(S, Activations.P3));
      p = u.fma(p, FloatVector.broadcast(S, Activations.P2));
      p = u.fma(p, FloatVector.broadcast(S, Activations.P1));
      p = u.fma(p, FloatVector.broadcast(S, Activations.P0));
      FloatVector q = FloatVector.broadcast(S, Activations.Q3);
      q = u.fma(q, FloatVector.broadcast(S, Activations.Q2));
      q = u.fma(q, FloatVector.broadcast(S, Activations.Q1));
      q = u.fma(q, FloatVector.broadcast(S, Activations.Q0));
      x.mul(p).div(q).intoArray(z, at);
    }
  }
}
