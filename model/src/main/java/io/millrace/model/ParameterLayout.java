package io.millrace.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each tensor of a model stands in the flat parameter array.
 *
 * <p>The recurrent tensors have the names, shapes and gate order (rows i, f, g, o) of {@code torch.nn.LSTM}:
 * <pre>
 *   weight_ih_l0 [4H,I]   weight_hh_l0 [4H,H]   bias_ih_l0 [4H]   bias_hh_l0 [4H]
 *   weight_ih_l1 [4H,H]   ...
 *   head.weight  [Y,H]    head.bias    [Y]      head.skip  [F]
 *   embedding_0.weight [V,E]   ...
 * </pre>
 * {@code head.skip} leads the last change past the recurrent layers (see {@link ForecastHead}), and only the forecast head has it; a
 * network trained without it is one whose skip is zero. Each slot that is embedded has a table, named by the slot's number, as
 * {@code torch.nn.Embedding} has; weight_ih_l0 has its columns in the order of a row's ({@link ModelSpec}).
 */
public final class ParameterLayout {
  private static final String HEAD_SKIP = "head.skip";

  private final ModelSpec spec;
  private final List<Tensor> tensors;
  private final int size;

  public ParameterLayout(ModelSpec spec) {
    this.spec = spec;
    int gates = Math.multiplyExact(4, spec.hidden());
    Builder builder = new Builder();
    for (int layer = 0; layer < spec.layers(); layer++) {
      builder.add("weight_ih_l" + layer, gates, spec.inputsOf(layer));
      builder.add("weight_hh_l" + layer, gates, spec.hidden());
      builder.add("bias_ih_l" + layer, gates, 1);
      builder.add("bias_hh_l" + layer, gates, 1);
    }
    builder.add("head.weight", spec.outputs(), spec.hidden());
    builder.add("head.bias", spec.outputs(), 1);
    if (spec.head() == Head.FORECAST) {
      builder.add(HEAD_SKIP, spec.features(), 1);
    }
    List<CategoryInput> slots = spec.slots();
    for (int slot = 0; slot < slots.size(); slot++) {
      if (slots.get(slot).isEmbedded()) {
        builder.add(embeddingName(slot), slots.get(slot).size(), slots.get(slot).embedding());
      }
    }
    this.tensors = List.copyOf(builder.tensors);
    this.size = builder.offset;
  }

  private static final class Builder {
    private final List<Tensor> tensors = new ArrayList<>();
    private int offset;

    private void add(String name, int rows, int columns) {
      tensors.add(new Tensor(name, rows, columns, offset));
      offset = Math.addExact(offset, Math.multiplyExact(rows, columns));
    }
  }

  public ModelSpec spec() {
    return spec;
  }

  /** All tensors, in the order of their offsets. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** How many values the model has in all. */
  public int size() {
    return size;
  }

  /** @throws IllegalArgumentException when the model has no tensor of that name */
  public Tensor tensor(String name) {
    return tensors.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "tensor rejected: name=" + name + ", signature=" + spec.signature() + "."));
  }

  public Tensor weightIh(int layer) {
    return tensor("weight_ih_l" + layer);
  }

  public Tensor weightHh(int layer) {
    return tensor("weight_hh_l" + layer);
  }

  public Tensor biasIh(int layer) {
    return tensor("bias_ih_l" + layer);
  }

  public Tensor biasHh(int layer) {
    return tensor("bias_hh_l" + layer);
  }

  public Tensor headWeight() {
    return tensor("head.weight");
  }

  public Tensor headBias() {
    return tensor("head.bias");
  }

  /** @throws IllegalArgumentException when the head is not the forecast's */
  public Tensor headSkip() {
    return tensor(HEAD_SKIP);
  }

  /** Whether a tensor is the one that a network trained elsewhere may lack. */
  public boolean isHeadSkip(Tensor tensor) {
    return tensor.name().equals(HEAD_SKIP);
  }

  /** @throws IllegalArgumentException when that slot is not embedded */
  public Tensor embedding(int slot) {
    return tensor(embeddingName(slot));
  }

  private static String embeddingName(int slot) {
    return "embedding_" + slot + ".weight";
  }
}
