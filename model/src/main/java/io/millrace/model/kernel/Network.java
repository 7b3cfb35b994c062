package io.millrace.model.kernel;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;

/** One version of the parameters, ready to run. Immutable, and safe for many threads at once. */
public interface Network {

  ModelSpec spec();

  /**
   * One event through all layers.
   *
   * <pre>
   *   z = weight_ih x + bias_ih + weight_hh h + bias_hh        z:[4H], rows i, f, g, o
   *   c' = sigmoid(f) c + sigmoid(i) tanh(g)
   *   h' = sigmoid(o) tanh(c')
   * </pre>
   *
   * @param row [R] the event, trusted to be one of the model's; x:[I] is what it expands to ({@link ModelSpec})
   * @param before state before the event, not changed
   * @param after written: state after the event; must not share arrays with {@code before}
   */
  void step(float[] row, HiddenState before, HiddenState after);

  /**
   * The head's linear map of the top layer: {@code y = head.weight h + head.bias}.
   *
   * @param state its top layer is read
   * @param y written: [Y]
   */
  void project(HiddenState state, float[] y);
}
