package io.millrace.benchmarks.libtorch;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A model's parameters as libtorch's tensors, its LSTM, its head and that head's loss. Batches come first: [B,T,..]. */
final class TorchNetwork {
  private final ModelSpec spec;
  private final List<org.bytedeco.pytorch.Tensor> leaves = new ArrayList<>();
  private final TensorVector recurrent = new TensorVector();
  private final org.bytedeco.pytorch.Tensor headWeight;
  private final org.bytedeco.pytorch.Tensor headBias;
  private final Optional<org.bytedeco.pytorch.Tensor> headSkip;

  /**
   * @param values [layout.size()] parameters in the layout's order
   * @param type of all arithmetic
   * @param learned whether gradients are wanted
   */
  TorchNetwork(ParameterLayout layout, float[] values, torch.ScalarType type, boolean learned) {
    this.spec = layout.spec();
    for (Tensor tensor : layout.tensors()) {
      leaves.add(leaf(tensor, values, type, learned));
    }
    int head = layout.tensors().indexOf(layout.headWeight());
    leaves.subList(0, head).forEach(recurrent::push_back);
    this.headWeight = leaves.get(head);
    this.headBias = leaves.get(head + 1);
    this.headSkip = leaves.stream().skip(head + 2).findFirst();
  }

  private static org.bytedeco.pytorch.Tensor leaf(
      Tensor tensor, float[] values, torch.ScalarType type, boolean learned) {
    float[] own = Arrays.copyOfRange(values, tensor.offset(), tensor.end());
    long[] shape = tensor.columns() == 1 && !tensor.name().contains("weight")
        ? new long[] {tensor.rows()}
        : new long[] {tensor.rows(), tensor.columns()};
    return org.bytedeco.pytorch.Tensor.create(own, shape).to(type).set_requires_grad(learned);
  }

  /** The parameters, in the layout's order. */
  List<org.bytedeco.pytorch.Tensor> leaves() {
    return leaves;
  }

  /** The tensors of {@code torch.nn.LSTM}, in its order. */
  TensorVector recurrent() {
    return recurrent;
  }

  /**
   * @param x [B,T,F]
   * @param state h and c, each [L,B,H]
   * @return h of the top layer [B,T,H]; h and c of all layers after the last step, each [L,B,H]
   */
  T_TensorTensorTensor_T lstm(org.bytedeco.pytorch.Tensor x, TensorVector state) {
    return torch.lstm(x, state, recurrent, true, spec.layers(), 0, false, false, true);
  }

  /** The head's linear map: h [..,H] to y [..,Y]. */
  org.bytedeco.pytorch.Tensor project(org.bytedeco.pytorch.Tensor h) {
    return torch.linear(h, headWeight, new org.bytedeco.pytorch.TensorOptional(headBias));
  }

  /**
   * Loss of each step.
   *
   * @param x [B,T,F] what the network saw
   * @param h [B,T,H] of the top layer
   * @param target [B,T,F], or [B,T,1] for another head than the forecast's
   * @return [B,T]
   */
  org.bytedeco.pytorch.Tensor losses(
      org.bytedeco.pytorch.Tensor x,
      org.bytedeco.pytorch.Tensor h,
      org.bytedeco.pytorch.Tensor target) {
    org.bytedeco.pytorch.Tensor y = project(h);
    return switch (spec.head()) {
      case FORECAST -> TorchLosses.forecast(x.mul(headSkip.orElseThrow()), y, target);
      case CATEGORY -> TorchLosses.category(y, target);
      case BINARY -> TorchLosses.binary(y, target);
      case REGRESSION -> TorchLosses.regression(y, target);
    };
  }
}
