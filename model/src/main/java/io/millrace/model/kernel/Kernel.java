package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.learn.Backpropagation;

/** A provider of the mathematics. All providers give the same figures within rounding. */
public interface Kernel {

  /** As in configuration: {@code simd}, {@code nd4j}, {@code scalar}. */
  String name();

  /** Packs parameters once, in the order this kernel reads them. */
  Network load(Parameters parameters);

  /** A new one, with scratch of its own: for one thread. */
  Backpropagation backpropagation(ModelSpec spec);
}
