package io.millrace.model.kernel.simd;

import io.millrace.model.kernel.Activations;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Activations}, a vector at a time. */
final class SimdActivations {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private SimdActivations() {}

  /** tanh in place of the first {@code length} values, a whole number of vectors. */
  static void tanh(float[] z, int length) {
    for (int at = 0; at < length; at += S.length()) {
      FloatVector x =
          FloatVector.fromArray(S, z, at).min(Activations.BOUND).max(-Activations.BOUND);
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
