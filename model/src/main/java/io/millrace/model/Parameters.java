package io.millrace.model;

import java.util.Arrays;

/**
 * What a network has learned: shared by all keys, never changed once made. Holds one copy of the values (4 bytes each).
 */
public final class Parameters {
  /** Spread of the untrained head, as a part of the spread of the recurrent layers. */
  private static final float HEAD_GAIN = 0.1f;

  private final ParameterLayout layout;
  private final float[] values;

  /**
   * @param values [layout.size()], copied
   * @throws IllegalArgumentException when the length is not the layout's
   */
  public Parameters(ParameterLayout layout, float[] values) {
    this(layout, values.clone(), true);
  }

  private Parameters(ParameterLayout layout, float[] values, boolean owned) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "parameters rejected: field=length, expected=" + layout.size() + ", actual="
              + values.length + ", signature=" + layout.spec().signature() + ".");
    }
    this.layout = layout;
    this.values = values;
  }

  /**
   * Version 0 of a model: the same bits for the same spec and seed, on every platform, for ever.
   *
   * <p>Recurrent tensors are uniform in +-1/sqrt(H), as in PyTorch. The head starts a tenth as wide, with no bias and
   * no skip: before any learning the forecast is, nearly, that nothing changes, all categories are nearly as probable, a label
   * is nearly as probable as not, and a value is nearly 0.
   */
  public static Parameters initial(ModelSpec spec, long seed) {
    ParameterLayout layout = new ParameterLayout(spec);
    float[] values = new float[layout.size()];
    SplitMix64 random = new SplitMix64(seed);
    float bound = (float) (1 / Math.sqrt(spec.hidden()));
    int recurrent = layout.headWeight().offset();
    for (int n = 0; n < recurrent; n++) {
      values[n] = random.nextUniform(bound);
    }
    for (int n = recurrent; n < layout.headWeight().end(); n++) {
      values[n] = random.nextUniform(HEAD_GAIN * bound);
    }
    return new Parameters(layout, values, true);
  }

  public ModelSpec spec() {
    return layout.spec();
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** The value of a tensor at [row, column]. */
  public float at(Tensor tensor, int row, int column) {
    return values[tensor.offset() + row * tensor.columns() + column];
  }

  /** A copy of one tensor, row-major. */
  public float[] copyOf(Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.end());
  }

  /** A copy of all values, in the order of the layout. */
  public float[] toArray() {
    return values.clone();
  }
}
