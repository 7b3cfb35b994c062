package io.millrace.benchmarks.compare;

import java.util.Locale;

/** A module of benchmarks, with its own class path. */
enum Side {
  /** Ours, and ND4J. */
  JMH,
  DEEPLEARNING4J,
  LIBTORCH,
  ONNXRUNTIME;

  /** @throws IllegalStateException when the launcher did not say */
  String classPath() {
    String property = "millrace.benchmarks." + label();
    String classPath = System.getProperty(property);
    if (classPath == null) {
      throw new IllegalStateException(
          "class path missing: property=" + property + ". Start with ./benchmarks/run.");
    }
    return classPath;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
