package io.millrace.tests.faults.audit;

import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import java.util.List;

/** Windows put together of shorter ones. */
final class Windows {
  private Windows() {}

  /** One window of consecutive windows of the same key. */
  static CutWindow join(List<CutWindow> parts) {
    CutWindow first = parts.get(0);
    int steps = parts.stream().mapToInt(part -> part.steps().steps()).sum();
    int inputs = first.steps().inputs().length / first.steps().steps();
    int targets = first.steps().targets().length / first.steps().steps();
    TrainingWindow joined = new TrainingWindow(
        first.steps().initial(),
        new float[steps * inputs],
        new float[steps * targets],
        new byte[steps]);
    long[] times = new long[steps];
    int at = 0;
    for (CutWindow part : parts) {
      int length = part.steps().steps();
      System.arraycopy(part.steps().inputs(), 0, joined.inputs(), at * inputs, length * inputs);
      System.arraycopy(part.steps().targets(), 0, joined.targets(), at * targets, length * targets);
      System.arraycopy(part.steps().mask(), 0, joined.mask(), at, length);
      System.arraycopy(part.times(), 0, times, at, length);
      at += length;
    }
    return new CutWindow(first.firstStep(), first.weightsVersion(), times, joined);
  }
}
