package io.millrace.model.kernel.simd;

import io.millrace.model.kernel.Activations;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Activations}, a vector at a time. */
final class SimdActivations {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private SimdActivations() {}

  private static FloatVector all(float value) {
    return FloatVector.broadcast(S, value);
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector bounded = x.min(all(Activations.BOUND)).max(all(-Activations.BOUND));
    FloatVector u = bounded.mul(bounded);
    FloatVector p = u.fma(all(Activations.P6), all(Activations.P5));
    p = u.fma(p, all(Activations.P4));
    p = u.fma(p, all(Activations.P3));
    p = u.fma(p, all(Activations.P2));
    p = u.fma(p, all(Activations.P1));
    p = u.fma(p, all(Activations.P0));
    FloatVector q = u.fma(all(Activations.Q3), all(Activations.Q2));
    q = u.fma(q, all(Activations.Q1));
    q = u.fma(q, all(Activations.Q0));
    return bounded.mul(p).div(q);
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector half = all(0.5f);
    return half.fma(tanh(half.mul(x)), half);
  }
}
