package io.millrace.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Models of a given shape, whatever their numeric columns would mean. */
public final class Models {
  private Models() {}

  /** Numbers alone go in. */
  public static ModelSpec numeric(int columns, int layers, int hidden, Head head, int classes) {
    return new ModelSpec(Cell.LSTM, columns(columns, head), layers, hidden, head, classes);
  }

  /** One of each head, with ids that are one-hot, embedded and both; the binary one also sees them crossed with its label. */
  public static Stream<ModelSpec> categorical(int layers, int hidden) {
    CategoryInput few = new CategoryInput(5, 0);
    CategoryInput many = new CategoryInput(70, 0);
    CategoryInput vectors = new CategoryInput(4, 3);
    CategoryInput wide = new CategoryInput(9, 35);
    return Stream.of(
            categorical(new InputSpec(2, Set.of(), List.of(few, vectors), false), Head.FORECAST),
            categorical(
                new InputSpec(0, Set.of(BuiltIn.TIME_GAP), List.of(many, wide, few), false),
                Head.CATEGORY),
            categorical(
                new InputSpec(1, Set.of(BuiltIn.HOUR_OF_DAY), List.of(vectors, many), true),
                Head.BINARY),
            categorical(new InputSpec(0, Set.of(), List.of(wide), true), Head.REGRESSION),
            categorical(new InputSpec(0, Set.of(), List.of(many), false), Head.CATEGORY))
        .map(spec ->
            new ModelSpec(Cell.LSTM, spec.input(), layers, hidden, spec.head(), spec.classes()));
  }

  private static ModelSpec categorical(InputSpec input, Head head) {
    int classes = head == Head.CATEGORY ? input.categories().get(0).size() : 0;
    return new ModelSpec(Cell.LSTM, input, 1, 1, head, classes);
  }

  /** A head other than the forecast's sees two columns of each feature, and the gap makes them odd. */
  private static InputSpec columns(int columns, Head head) {
    return head == Head.FORECAST
        ? InputSpec.of(columns)
        : new InputSpec(
            columns / 2, columns % 2 == 0 ? Set.of() : Set.of(BuiltIn.TIME_GAP), List.of(), false);
  }
}
