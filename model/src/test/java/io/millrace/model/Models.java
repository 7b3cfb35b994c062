package io.millrace.model;

import java.util.List;
import java.util.Set;

/** Models of a given shape, whatever their numeric columns would mean. */
public final class Models {
  private Models() {}

  /** Numbers alone go in. */
  public static ModelSpec numeric(int columns, int layers, int hidden, Head head, int classes) {
    return new ModelSpec(Cell.LSTM, columns(columns, head), layers, hidden, head, classes);
  }

  /** A head other than the forecast's sees two columns of each feature, and the gap makes them odd. */
  private static InputSpec columns(int columns, Head head) {
    return head == Head.FORECAST
        ? InputSpec.of(columns)
        : new InputSpec(
            columns / 2, columns % 2 == 0 ? Set.of() : Set.of(BuiltIn.TIME_GAP), List.of(), false);
  }
}
