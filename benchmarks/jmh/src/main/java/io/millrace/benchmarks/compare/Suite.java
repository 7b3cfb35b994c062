package io.millrace.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A set of benchmarks that answer one question. Their classes end in the suite's suffix; what stands before it is the side. */
enum Suite {
  /** One event through the network. */
  KERNEL(
      "KernelBenchmark",
      "step",
      List.of(Side.values()),
      List.of("simd", "simdBf16", "nd4j"),
      Sizes.EVENTS,
      "Step"),
  /** The same, and through the head's linear map. */
  HEAD(
      "KernelBenchmark",
      "stepAndHead",
      List.of(Side.values()),
      List.of("simd", "simdBf16", "nd4j"),
      Sizes.EVENTS,
      "Step"),
  /** One event through the whole score step without Kafka, with windows to learn from and without: ours alone. */
  SCORE(
      "ScoreStepBenchmark",
      "score\\w*",
      List.of(Side.JMH),
      List.of("simd", "nd4j"),
      Sizes.EVENTS,
      "Step"),
  /** Forward and backward of a batch, by those who can. */
  TRAINING(
      "TrainingBenchmark",
      "batch",
      List.of(Side.JMH, Side.DEEPLEARNING4J, Side.LIBTORCH),
      List.of("simd", "nd4j"),
      Sizes.BATCHES,
      "Batch");

  private final String suffix;
  private final String methods;
  private final List<Side> sides;
  private final List<String> kernels;
  private final Sizes sizes;
  private final String unit;

  Suite(
      String suffix,
      String methods,
      List<Side> sides,
      List<String> kernels,
      Sizes sizes,
      String unit) {
    this.suffix = suffix;
    this.methods = methods;
    this.sides = sides;
    this.kernels = kernels;
    this.sizes = sizes;
    this.unit = unit;
  }

  /** @throws IllegalArgumentException when there is none of that name */
  static Suite of(String name) {
    return Stream.of(values())
        .filter(suite -> suite.label().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("benchmark rejected: field=name, actual="
            + name + ". Choose "
            + Stream.of(values()).map(Suite::label).collect(Collectors.joining(", ")) + "."));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String suffix() {
    return suffix;
  }

  /** For JMH: which benchmarks of a side take part. */
  String pattern() {
    return "\\.\\w*" + suffix + "\\." + methods + "$";
  }

  /** Those that take part. */
  List<Side> sides() {
    return sides;
  }

  /** Those of ours. */
  List<String> kernels() {
    return kernels;
  }

  Sizes sizes() {
    return sizes;
  }

  /** What one measured call does: {@code Step} or {@code Batch}. */
  String unit() {
    return unit;
  }
}
