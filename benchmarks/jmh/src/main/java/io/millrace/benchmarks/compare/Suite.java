package io.millrace.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A set of benchmarks that answer one question. Their classes end in the suite's suffix; what stands before it is the side. */
enum Suite {
  /** One event through the network. */
  KERNEL("KernelBenchmark", List.of(Side.values()), "F16-H64-L1", "Step"),
  /** One event through the whole score step without Kafka: ours alone. */
  SCORE("ScoreStepBenchmark", List.of(Side.JMH), "F16-H64-L1", "Step"),
  /** Forward and backward of a batch. */
  TRAINING("TrainingBenchmark", List.of(Side.values()), "B64-T32-F16", "Batch");

  private final String suffix;
  private final List<Side> sides;
  private final String shape;
  private final String unit;

  Suite(String suffix, List<Side> sides, String shape, String unit) {
    this.suffix = suffix;
    this.sides = sides;
    this.shape = shape;
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

  /** Those that take part. */
  List<Side> sides() {
    return sides;
  }

  /** What is computed, as far as all its benchmarks have it in common. */
  String shape() {
    return shape;
  }

  /** What one measured call does: {@code Step} or {@code Batch}. */
  String unit() {
    return unit;
  }
}
