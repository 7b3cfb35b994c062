package io.millrace.model.scoring;

import io.millrace.model.ModelSpec;
import java.util.Arrays;

/**
 * What is remembered of a key's labels, as far as its model has a use for it.
 *
 * @param step number of the newest event whose label is known, {@link #NO_STEP} while there is none
 * @param time of that event: milliseconds since 1970
 * @param value its label: raw units
 * @param categories [K] its categories where the model crosses them with the label; -1 while there are none
 * @param count labels in the spread
 * @param spread of the values of all labels: raw units
 */
public record LabelMemory(
    long step, long time, double value, float[] categories, long count, Spread spread) {
  public static final long NO_STEP = -1;

  static LabelMemory initial(ModelSpec spec) {
    float[] row = spec.emptyRow();
    int crossed = crossed(spec);
    return new LabelMemory(
        NO_STEP, 0, 0, Arrays.copyOfRange(row, row.length - crossed, row.length), 0, Spread.NONE);
  }

  /** How many categories are shown together with the label that followed them. */
  public static int crossed(ModelSpec spec) {
    return spec.slotCount() - spec.input().categories().size();
  }

  boolean isKnown() {
    return step != NO_STEP;
  }
}
