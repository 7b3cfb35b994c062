package io.millrace.model.kernel;

import io.millrace.model.Parameters;

/** A provider of the mathematics. All providers give the same figures within rounding. */
public interface Kernel {

  /** As in configuration: {@code simd}, {@code nd4j}, {@code scalar}. */
  String name();

  /** Packs parameters once, in the order this kernel reads them. */
  Network load(Parameters parameters);
}
