package io.millrace.topology.demo;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Picks what is worth a line: the highest score of a second, where hardly any before it was as high. */
final class Headlines {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** Worth a line is one in so many, so nothing can be said before there were as many. */
  private static final int ONE_IN = 10_000;

  private static final double SCALE = 1e6;
  private static final Comparator<JudgedSample> ORDER = Comparator.comparingDouble(
          (JudgedSample judged) -> judged.score().getScore())
      .thenComparingDouble(judged -> judged.score().getSurprise());

  private final Histogram seen = new Histogram(3);
  private JudgedSample best;
  private long nextNanos;

  void offer(JudgedSample judged) {
    if (judged.score().getWarmup()) {
      return;
    }
    seen.recordValue(scaled(judged));
    if (best == null || ORDER.compare(judged, best) > 0) {
      best = judged;
    }
  }

  /** @return at most one a second */
  Optional<JudgedSample> due(long nanos) {
    if (best == null || nanos < nextNanos) {
      return Optional.empty();
    }
    Optional<JudgedSample> headline = Optional.of(best).filter(this::isWorthALine);
    best = null;
    nextNanos = nanos + INTERVAL_NANOS;
    return headline;
  }

  private boolean isWorthALine(JudgedSample judged) {
    double above = 1 - seen.getPercentileAtOrBelowValue(scaled(judged)) / 100;
    return seen.getTotalCount() >= ONE_IN && above * ONE_IN <= 1;
  }

  private static long scaled(JudgedSample judged) {
    return Math.round(judged.score().getScore() * SCALE);
  }
}
