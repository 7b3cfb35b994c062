package io.millrace.serde;

import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a window, read.
 *
 * @param steps consecutive, from the head's first on; at least one
 */
public record StoredWindow(OpenWindowCodec.Head head, List<StoredStep> steps) {
  public StoredWindow {
    steps = List.copyOf(steps);
  }

  /** The steps whose labels may still come. */
  public List<StoredStep> awaited() {
    return steps.stream().filter(step -> step.awaited().isPresent()).toList();
  }

  public boolean holds(long number) {
    return number >= head.firstStep() && number < head.firstStep() + steps.size();
  }

  public StoredStep step(long number) {
    return steps.get((int) (number - head.firstStep()));
  }

  /** With one step changed. */
  public StoredWindow with(StoredStep step) {
    List<StoredStep> changed = new ArrayList<>(steps);
    changed.set((int) (step.number() - head.firstStep()), step);
    return new StoredWindow(head, changed);
  }

  /** As it is learned from, masked where a target is not known. */
  public CutWindow cut() {
    int row = steps.get(0).input().length;
    int target = steps.get(0).target().length;
    float[] inputs = new float[steps.size() * row];
    float[] targets = new float[steps.size() * target];
    byte[] mask = new byte[steps.size()];
    long[] times = new long[steps.size()];
    for (int t = 0; t < mask.length; t++) {
      StoredStep step = steps.get(t);
      System.arraycopy(step.input(), 0, inputs, t * row, row);
      System.arraycopy(step.target(), 0, targets, t * target, target);
      mask[t] = (byte) (step.known() ? 1 : 0);
      times[t] = step.time();
    }
    return new CutWindow(
        head.firstStep(),
        head.weightsVersion(),
        times,
        new TrainingWindow(head.initial(), inputs, targets, mask));
  }
}
