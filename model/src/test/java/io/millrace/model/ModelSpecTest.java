package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.CategoryInput.Kind;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSpecTest {
  private static ModelSpec spec(Head head, int classes) {
    return new ModelSpec(Cell.LSTM, 8, 1, 64, head, classes);
  }

  @ParameterizedTest
  @CsvSource({
    "FORECAST, 0, lstm-1x64-f8-forecast, 8, 16, 8",
    "CATEGORY, 66, lstm-1x64-f8-category66, 16, 66, 1",
    "BINARY, 0, lstm-1x64-f8-binary, 16, 1, 1",
    "REGRESSION, 0, lstm-1x64-f8-regression, 16, 1, 1"
  })
  void aHeadHasItsNameAndItsWidths(
      Head head, int classes, String signature, int inputs, int outputs, int targets) {
    ModelSpec spec = spec(head, classes);

    assertThat(spec.features()).isEqualTo(8);
    assertThat(spec.rowWidth()).isEqualTo(inputs);
    assertThat(spec.inputs()).isEqualTo(inputs);
    assertThat(spec.signature()).isEqualTo(signature);
    assertThat(spec.outputs()).isEqualTo(outputs);
    assertThat(spec.targets()).isEqualTo(targets);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 65537})
  void categoriesAreTwoOrMoreAndBounded(int classes) {
    assertThatThrownBy(() -> spec(Head.CATEGORY, classes))
        .hasMessage("model rejected: field=classes, actual=" + classes + ", expected=2..65536.");
  }

  @ParameterizedTest
  @CsvSource({"FORECAST", "BINARY", "REGRESSION"})
  void theOtherHeadsHaveNoCategories(Head head) {
    assertThatThrownBy(() -> spec(head, 2))
        .hasMessage("model rejected: field=classes, actual=2, expected=0.");
  }

  @ParameterizedTest
  @CsvSource({"CATEGORY, 5", "BINARY, 0", "REGRESSION, 0"})
  void onlyTheForecastHasASkip(Head head, int classes) {
    ParameterLayout layout = new ParameterLayout(spec(head, classes));

    assertThat(layout.headBias().end()).isEqualTo(layout.size());
    assertThatThrownBy(layout::headSkip)
        .hasMessage(
            "tensor rejected: name=head.skip, signature=" + layout.spec().signature() + ".");
  }

  @Test
  void versionZeroOfAllHeadsBeginsAlike() {
    float[] forecast = Parameters.initial(spec(Head.FORECAST, 0), 1).toArray();
    float[] binary =
        Parameters.initial(Models.numeric(8, 1, 64, Head.BINARY, 0), 1).toArray();

    assertThat(binary).startsWith(Arrays.copyOf(forecast, binary.length - 1));
    assertThat(binary[binary.length - 1]).isZero();
  }

  private static ModelSpec of(InputSpec input, Head head, int classes) {
    return new ModelSpec(Cell.LSTM, input, 1, 64, head, classes);
  }

  private static InputSpec rich(int features, boolean labelFeedback) {
    return new InputSpec(
        features,
        Set.of(BuiltIn.DAY_OF_WEEK, BuiltIn.TIME_GAP),
        List.of(new CategoryInput(101, 0), new CategoryInput(Kind.HASHED, 28, 8)),
        labelFeedback);
  }

  @ParameterizedTest
  @CsvSource({
    "2, false, FORECAST, 0, lstm-1x64-f2-gap-day-c101-h28e8-forecast, 5, 7, 114",
    "2, false, CATEGORY, 101, lstm-1x64-f2-gap-day-c101-h28e8-category101, 7, 9, 116",
    "0, true, REGRESSION, 0, lstm-1x64-f0-gap-day-c101-h28e8-feedback-regression, 6, 8, 115",
    "0, true, BINARY, 0, lstm-1x64-f0-gap-day-c101-h28e8-feedback-binary, 6, 10, 325"
  })
  void aRowHoldsAnIdWhereTheFirstLayerReadsManyColumns(
      int features,
      boolean feedback,
      Head head,
      int classes,
      String signature,
      int numeric,
      int row,
      int inputs) {
    ModelSpec spec = of(rich(features, feedback), head, classes);

    assertThat(spec.signature()).isEqualTo(signature);
    assertThat(spec.numericColumns()).isEqualTo(numeric);
    assertThat(spec.rowWidth()).isEqualTo(row);
    assertThat(spec.inputs()).isEqualTo(inputs);
  }

  @Test
  void whatWasLearnedOfAVocabularysIdsIsAnotherModelsThanOfHashedOnes() {
    List<ModelSpec> specs = Stream.of(Kind.values())
        .map(kind -> new InputSpec(0, Set.of(), List.of(new CategoryInput(kind, 28, 8)), false))
        .map(input -> of(input, Head.CATEGORY, 28))
        .toList();

    assertThat(specs)
        .extracting(ModelSpec::signature)
        .containsExactly("lstm-1x64-f0-c28e8-category28", "lstm-1x64-f0-h28e8-category28");
    assertThat(specs).extracting(ModelSpec::fingerprint).doesNotHaveDuplicates();
  }

  @Test
  void anIdIsOfItsSlot() {
    ModelSpec spec = of(rich(0, true), Head.BINARY, 0);

    assertThat(spec.slots())
        .containsExactly(
            new CategoryInput(101, 0),
            new CategoryInput(Kind.HASHED, 28, 8),
            new CategoryInput(202, 0),
            new CategoryInput(Kind.HASHED, 56, 8));
    for (int slot = 0; slot < spec.slotCount(); slot++) {
      assertThat(spec.slotSize(slot)).isEqualTo(spec.slots().get(slot).size());
    }
    assertThat(spec.emptyRow()).containsExactly(0, 0, 0, 0, 0, 0, -1, -1, -1, -1);
  }

  @Test
  void theOrderInWhichBuiltInsAreNamedIsNoOther() {
    InputSpec one = new InputSpec(
        1, new LinkedHashSet<>(List.of(BuiltIn.TIME_GAP, BuiltIn.HOUR_OF_DAY)), List.of(), false);
    InputSpec other = new InputSpec(
        1, new LinkedHashSet<>(List.of(BuiltIn.HOUR_OF_DAY, BuiltIn.TIME_GAP)), List.of(), false);

    assertThat(one).isEqualTo(other);
    assertThat(of(one, Head.BINARY, 0).signature())
        .isEqualTo(of(other, Head.BINARY, 0).signature());
  }

  @Test
  void aForecastNeedsAFeature() {
    assertThatThrownBy(() -> of(rich(0, false), Head.FORECAST, 0))
        .hasMessage("model rejected: field=features, actual=0, expected=1..4096.");
  }

  @Test
  void aModelHasAnInput() {
    assertThatThrownBy(() -> of(InputSpec.of(0), Head.BINARY, 0))
        .hasMessage("model rejected: field=inputs, actual=0, expected=1 or more.");
  }

  @Test
  void theClassesAreThoseOfTheFirstCategory() {
    assertThatThrownBy(() -> of(rich(0, false), Head.CATEGORY, 28))
        .hasMessage("model rejected: field=classes, actual=28, expected=101.");
  }

  @ParameterizedTest
  @CsvSource({"FORECAST, 0", "CATEGORY, 101"})
  void onlyALabelIsFedBack(Head head, int classes) {
    assertThatThrownBy(() -> of(rich(1, true), head, classes))
        .hasMessage("model rejected: field=head, actual=" + head
            + ", expected=one of BINARY, REGRESSION, for label feedback.");
  }

  @ParameterizedTest
  @CsvSource({"1, 131072", "65537, 65536"})
  void aCategoryHasTwoIdsOrMoreAndIsBounded(int size, int most) {
    assertThatThrownBy(() -> new InputSpec(0, Set.of(), List.of(new CategoryInput(size, 0)), false))
        .hasMessage(
            "model rejected: field=category size, actual=" + size + ", expected=2.." + most + ".");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1025})
  void anEmbeddingIsBounded(int embedding) {
    assertThatThrownBy(() -> new CategoryInput(2, embedding))
        .hasMessage("model rejected: field=embedding, actual=" + embedding + ", expected=0..1024.");
  }

  @Test
  void theLargestCategoryCanBeCrossedWithALabel() {
    CategoryInput largest = new CategoryInput(CategoryInput.MAX_SIZE, 1);
    ModelSpec spec = of(new InputSpec(0, Set.of(), List.of(largest), true), Head.BINARY, 0);

    assertThat(spec.slots().get(1).size()).isEqualTo(131072);
  }
}
