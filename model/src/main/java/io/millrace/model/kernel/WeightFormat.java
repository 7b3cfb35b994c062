package io.millrace.model.kernel;

/** In what the weights are kept by which events are scored. Learning, and what is stored and sent, is float32 always. */
public enum WeightFormat {
  /** As learned. */
  F32,
  /** {@link Bf16Kernel}. */
  BF16;

  /** Scores with weights of this format. */
  public Kernel of(Kernel kernel) {
    return this == BF16 ? new Bf16Kernel(kernel) : kernel;
  }
}
