package io.millrace.model.learn.sync;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the merge remembers between two rounds. Neither it nor its arrays are ever changed.
 *
 * @param weights the newest
 * @param velocity [N] of the outer step; all zero without momentum
 * @param lastHeard by worker, version that the last round it took part in led to
 * @param typical how long changes usually are
 * @param dropped steps dropped by the merge, ever
 */
public record MergeState(
    MergedWeights weights,
    float[] velocity,
    Map<Integer, Long> lastHeard,
    TypicalChange typical,
    DroppedSteps dropped) {

  public MergeState {
    lastHeard = Collections.unmodifiableMap(new TreeMap<>(lastHeard));
  }

  /** Nothing merged yet. */
  public static MergeState initial(MergedWeights weights) {
    return new MergeState(
        weights,
        new float[weights.values().length],
        Map.of(),
        TypicalChange.UNKNOWN,
        DroppedSteps.NONE);
  }
}
