package io.millrace.benchmarks.stream.growth;

import io.millrace.benchmarks.stream.harness.Drain;
import io.millrace.serde.StateEncoding;
import io.millrace.topology.config.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured, and how long.
 *
 * @param more events beyond the first of every key
 */
record GrowthPlan(List<Point> points, long more, Drain drain) {
  /** Ten million keys need some 60 GB of disk, for the broker has the changelog too. */
  static final GrowthPlan FULL = new GrowthPlan(
      List.of(
          Point.keys(10_000, StateStore.ROCKSDB),
          Point.keys(100_000, StateStore.ROCKSDB),
          Point.keys(1_000_000, StateStore.ROCKSDB),
          Point.keys(10_000_000, StateStore.ROCKSDB),
          Point.keys(10_000, StateStore.MEMORY),
          Point.keys(100_000, StateStore.MEMORY),
          Point.keys(1_000_000, StateStore.MEMORY),
          Point.hidden(32),
          Point.hidden(128),
          Point.hidden(256),
          Point.hidden(512),
          Point.window(8),
          Point.window(32),
          Point.window(128),
          Point.partitions(1),
          Point.partitions(16),
          Point.partitions(64)),
      600_000,
      new Drain(Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(1800)));

  static final GrowthPlan QUICK = new GrowthPlan(
      List.of(
          Point.keys(10_000, StateStore.ROCKSDB),
          Point.keys(100_000, StateStore.ROCKSDB),
          Point.keys(100_000, StateStore.MEMORY),
          Point.hidden(256),
          Point.window(32),
          Point.partitions(16)),
      150_000,
      new Drain(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(20)));

  /** A row is as long as its encoding makes it, and as its key's events are many. */
  static GrowthPlan rows(boolean quick) {
    GrowthPlan all = of(quick);
    return new GrowthPlan(
        Stream.of(StateEncoding.values()).map(Point::encoding).toList(), all.more(), all.drain());
  }

  static GrowthPlan of(boolean quick) {
    return quick ? QUICK : FULL;
  }

  long events(Point point) {
    return point.keys() + more;
  }
}
