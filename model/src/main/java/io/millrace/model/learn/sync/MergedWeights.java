package io.millrace.model.learn.sync;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version of the parameters, with what it is made of. Neither it nor its array is ever changed.
 *
 * @param version from 0, without gaps
 * @param values [N] the parameters
 * @param sequences by worker, number of the last change that is in the values or was dropped
 * @param stepsLearned steps in the values since version 0, or since they were imported
 * @param loss mean loss of the newest steps among them: nats a step; NaN as long as there are none
 * @param rollback the newest one
 */
public record MergedWeights(
    long version,
    float[] values,
    Map<Integer, Long> sequences,
    long stepsLearned,
    double loss,
    Rollback rollback) {

  public MergedWeights {
    sequences = Collections.unmodifiableMap(new TreeMap<>(sequences));
  }

  /** Version 0. */
  public static MergedWeights initial(float[] values) {
    return new MergedWeights(0, values, Map.of(), 0, Double.NaN, Rollback.NONE);
  }

  /** 0 for a worker that has never been heard of. */
  public long sequenceOf(int worker) {
    return sequences.getOrDefault(worker, 0L);
  }
}
