package io.millrace.model.scoring;

import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import java.util.Arrays;

/** Takes a label into its key's memory, whenever it becomes known, and says what it teaches. */
public final class Labelling {
  private final ModelSpec spec;
  private final double horizon;

  /** @param horizon labels over which what is usual fades */
  public Labelling(ModelSpec spec, double horizon) {
    this.spec = spec;
    this.horizon = horizon;
  }

  /** Whether labels leave a trace in the memory of a key. */
  public boolean remembers() {
    return spec.input().labelFeedback() || spec.head() == Head.REGRESSION;
  }

  /** What the head should have said: the label itself, 0 or 1, or the value in the key's own units, bounded. */
  public float target(LabelMemory before, double label) {
    return spec.head() == Head.REGRESSION
        ? (float) Bounds.within(Bounds.INPUT, before.spread().inUnits(label))
        : (float) label;
  }

  /**
   * The memory with one more label in it. The one that is fed back is that of the newest event, in whatever order they become known.
   *
   * @param step number of the event
   * @param time of the event: milliseconds since 1970
   * @param row [R] of the event
   */
  public LabelMemory after(LabelMemory before, long step, long time, float[] row, double label) {
    if (!remembers()) {
      return before;
    }
    boolean counts = spec.head() == Head.REGRESSION;
    boolean newest = spec.input().labelFeedback() && step > before.step();
    return new LabelMemory(
        newest ? step : before.step(),
        newest ? time : before.time(),
        newest ? label : before.value(),
        newest ? crossed(row) : before.categories(),
        counts ? before.count() + 1 : before.count(),
        counts ? before.spread().after(before.count(), label, horizon) : before.spread());
  }

  private float[] crossed(float[] row) {
    int from = spec.numericColumns();
    return Arrays.copyOfRange(row, from, from + LabelMemory.crossed(spec));
  }
}
