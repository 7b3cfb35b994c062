package io.millrace.benchmarks.compare;

import java.util.List;

/**
 * What is measured, the size that others are compared by first.
 *
 * @param full from 8 inputs and 32 units to 64 and 512, in one layer and in two
 * @param quick a few of them
 */
record Sizes(List<String> full, List<String> quick) {
  static final Sizes EVENTS = new Sizes(
      List.of(
          "F16-H64-L1",
          "F8-H32-L1",
          "F16-H128-L1",
          "F16-H256-L1",
          "F64-H512-L1",
          "F16-H64-L2",
          "F8-H32-L2",
          "F16-H128-L2",
          "F16-H256-L2",
          "F64-H512-L2"),
      List.of("F16-H64-L1", "F16-H64-L2", "F64-H512-L1"));

  static final Sizes BATCHES = new Sizes(
      batches(EVENTS.full()),
      List.of(
          "B64-T32-F16-H64-L1",
          "B64-T32-F16-H128-L1",
          "B64-T32-F16-H256-L1",
          "B64-T32-F16-H64-L2"));

  private static List<String> batches(List<String> events) {
    return events.stream().map(size -> "B64-T32-" + size).toList();
  }
}
