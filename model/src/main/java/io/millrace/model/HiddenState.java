package io.millrace.model;

/**
 * The recurrent state of one key: h and c of all layers, one layer after the other.
 *
 * @param h hidden state [L*H]; the last H values are the top layer's
 * @param c cell state [L*H]
 */
public record HiddenState(float[] h, float[] c) {

  /** The state before the first event: all zero. */
  public static HiddenState initial(ModelSpec spec) {
    return new HiddenState(new float[spec.stateSize()], new float[spec.stateSize()]);
  }
}
