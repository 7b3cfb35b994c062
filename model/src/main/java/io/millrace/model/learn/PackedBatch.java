package io.millrace.model.learn;

import io.millrace.model.ModelSpec;
import java.util.Arrays;
import java.util.List;

/**
 * A batch in the order in which it is computed, PyTorch's {@code PackedSequence}: windows by falling length (equal ones as they came),
 * and at each time step only those that still run. So a short window costs what its own steps cost.
 *
 * <pre>
 *   lengths 3, 2, 2:   row   0 1 2   3 4 5   6
 *                      step  0 0 0   1 1 1   2
 *                      rank  0 1 2   0 1 2   0        row = start(step) + rank
 * </pre>
 *
 * The window of a rank is the same at every step. Reused from batch to batch.
 */
public final class PackedBatch {
  private final ModelSpec spec;
  private TrainingWindow[] sorted = {};
  private int[] active = {0};
  private int[] start = {0};
  private int[] nextRank = {0};
  private int windows;
  private int steps;
  private long known;

  public PackedBatch(ModelSpec spec) {
    this.spec = spec;
  }

  /** @throws IllegalArgumentException when a window is not one of the model */
  public void pack(List<TrainingWindow> batch) {
    windows = batch.size();
    steps = 0;
    known = 0;
    for (TrainingWindow window : batch) {
      window.requireFor(spec);
      steps = Math.max(steps, window.steps());
      known += window.knownSteps();
    }
    reserve();
    countActive(batch);
    sort(batch);
  }

  private void reserve() {
    if (sorted.length < windows) {
      sorted = new TrainingWindow[windows];
    }
    if (active.length <= steps) {
      active = new int[steps + 1];
      start = new int[steps + 1];
      nextRank = new int[steps + 1];
    }
  }

  private void countActive(List<TrainingWindow> batch) {
    Arrays.fill(active, 0, steps + 1, 0);
    for (TrainingWindow window : batch) {
      active[window.steps() - 1]++;
    }
    for (int t = steps - 1; t > 0; t--) {
      active[t - 1] += active[t];
    }
    for (int t = 0; t < steps; t++) {
      start[t + 1] = Math.addExact(start[t], active[t]);
    }
  }

  /** By counting: a window's rank is behind all longer ones, which are those active at its length. */
  private void sort(List<TrainingWindow> batch) {
    System.arraycopy(active, 0, nextRank, 0, steps + 1);
    for (TrainingWindow window : batch) {
      sorted[nextRank[window.steps()]++] = window;
    }
  }

  /** How many windows: the ranks. */
  public int windows() {
    return windows;
  }

  /** Length of the longest window; 0 for an empty batch. */
  public int steps() {
    return steps;
  }

  /** Steps with a known target. */
  public long known() {
    return known;
  }

  /** Steps of all windows together. */
  public int rows() {
    return start[steps];
  }

  /** How many windows have that step: those of rank 0 to active - 1. 0 from {@link #steps()} on. */
  public int active(int step) {
    return active[step];
  }

  /** The first row of a step. */
  public int start(int step) {
    return start[step];
  }

  public TrainingWindow window(int rank) {
    return sorted[rank];
  }
}
