package io.millrace.benchmarks.stream.application;

import io.millrace.model.HiddenState;
import io.millrace.model.Parameters;

/** A peer's network, called once an event. For one thread. */
public interface NaiveNetwork {
  /**
   * One event through the LSTM and the head.
   *
   * @param x [F]
   * @param state of the key; replaced by the one after
   * @param y written: [2F]
   */
  void step(float[] x, HiddenState state, float[] y);

  /** Found by {@link java.util.ServiceLoader} on the peer's class path. */
  interface Provider {
    /** @param parameters ours; a peer that cannot take them has the same number of its own */
    NaiveNetwork load(Parameters parameters);
  }
}
