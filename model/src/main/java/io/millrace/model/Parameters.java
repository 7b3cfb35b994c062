package io.millrace.model;

import java.util.Arrays;
import java.util.List;

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
   * is nearly as probable as not, and a value is nearly 0. Embeddings are uniform in +-sqrt(3/E): they then have a mean square length
   * of 1, the length of a one-hot id, and move the gates as far as one does. PyTorch's standard normal ones are sqrt(E) times as
   * long, so that a few of them would drown the numbers beside them and saturate the gates.
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
    List<CategoryInput> slots = spec.slots();
    for (int slot = 0; slot < slots.size(); slot++) {
      if (slots.get(slot).isEmbedded()) {
        float reach = (float) Math.sqrt(3.0 / slots.get(slot).embedding());
        fill(values, layout.embedding(slot), random, reach);
      }
    }
    return new Parameters(layout, values, true);
  }

  private static void fill(float[] values, Tensor tensor, SplitMix64 random, float bound) {
    for (int n = tensor.offset(); n < tensor.end(); n++) {
      values[n] = random.nextUniform(bound);
    }
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
