package io.millrace.model.learn;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.BuiltIn;
import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingWindowTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);

  private static TrainingWindow window(int inputs, int targets, byte... mask) {
    return new TrainingWindow(
        HiddenState.initial(SPEC), new float[inputs], new float[targets], mask);
  }

  private static TrainingWindow window(float target, byte mask) {
    return new TrainingWindow(
        HiddenState.initial(SPEC), new float[2], new float[] {target}, new byte[] {mask});
  }

  private static ModelSpec spec(Head head) {
    return Models.numeric(2, 1, 3, head, head == Head.CATEGORY ? 5 : 0);
  }

  @Test
  void aWindowHasAStep() {
    assertThatThrownBy(() -> window(0, 0))
        .hasMessage("training window rejected: field=steps, expected=1 or more, actual=0.");
  }

  @Test
  void everyStepHasAsManyInputs() {
    assertThatThrownBy(() -> window(3, 3, (byte) 1, (byte) 1))
        .hasMessage(
            "training window rejected: field=inputs, expected=a multiple of steps, actual=3.");
  }

  @Test
  void everyStepHasAsManyTargets() {
    assertThatThrownBy(() -> window(4, 3, (byte) 1, (byte) 1))
        .hasMessage(
            "training window rejected: field=targets, expected=a multiple of steps, actual=3.");
  }

  @Test
  void aForecastHasATargetForEveryInput() {
    TrainingWindow window = window(4, 2, (byte) 1, (byte) 1);

    assertThatThrownBy(() -> window.requireFor(SPEC))
        .hasMessage("training window rejected: field=targets, expected=4, actual=2.");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FORECAST")
  void theOtherHeadsHaveOneTargetAStep(Head head) {
    TrainingWindow window = window(4, 4, (byte) 1, (byte) 1);

    assertThatThrownBy(() -> window.requireFor(spec(head)))
        .hasMessage("training window rejected: field=targets, expected=2, actual=4.");
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 5, 0.5f, Float.NaN, Float.POSITIVE_INFINITY})
  void aCategoryIsOneOfTheModels(float target) {
    TrainingWindow window = window(target, (byte) 1);

    assertThatThrownBy(() -> window.requireFor(spec(Head.CATEGORY)))
        .hasMessage("training window rejected: field=target, expected=an integer in 0..4, actual="
            + target + ".");
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 2, 0.5f, Float.NaN})
  void aLabelIsZeroOrOne(float target) {
    TrainingWindow window = window(target, (byte) 1);

    assertThatThrownBy(() -> window.requireFor(spec(Head.BINARY)))
        .hasMessage("training window rejected: field=target, expected=an integer in 0..1, actual="
            + target + ".");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FORECAST")
  void aTargetThatIsMaskedIsNotLookedAt(Head head) {
    assertThatCode(() -> window(Float.NaN, (byte) 0).requireFor(spec(head)))
        .doesNotThrowAnyException();
  }

  private static TrainingWindow categories(float first, float second) {
    return new TrainingWindow(
        HiddenState.initial(SPEC),
        new float[] {0.5f, first, 0.5f, second},
        new float[2],
        new byte[2]);
  }

  private static ModelSpec ofOneCategory() {
    InputSpec input =
        new InputSpec(0, Set.of(BuiltIn.TIME_GAP), List.of(new CategoryInput(7, 0)), false);
    return new ModelSpec(Cell.LSTM, input, 1, 3, Head.BINARY, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {-2, 7, 0.5f, Float.NaN, Float.POSITIVE_INFINITY})
  void anIdIsOneOfTheModels(float id) {
    assertThatThrownBy(() -> categories(3, id).requireFor(ofOneCategory()))
        .hasMessage("training window rejected: field=category, expected=an integer in 0..6, actual="
            + id + ".");
  }

  @Test
  void anIdMayBeNone() {
    assertThatCode(() -> categories(6, ModelSpec.NONE).requireFor(ofOneCategory()))
        .doesNotThrowAnyException();
  }

  @Test
  void aTargetIsKnownOrNot() {
    assertThatThrownBy(() -> window(4, 4, (byte) 1, (byte) 2))
        .hasMessage("training window rejected: field=mask, expected=0 or 1, actual=2.");
  }

  @Test
  void aWindowOfOtherRowsIsNotTheModels() {
    TrainingWindow window = window(3, 3, (byte) 1);

    assertThatThrownBy(() -> window.requireFor(SPEC))
        .hasMessage("training window rejected: field=row, expected=2, actual=3.");
  }

  @Test
  void aWindowOfAnotherStateIsNotTheModels() {
    TrainingWindow window = window(2, 2, (byte) 1);
    ModelSpec deeper = new ModelSpec(Cell.LSTM, 2, 2, 3, Head.FORECAST);

    assertThatThrownBy(() -> window.requireFor(deeper))
        .hasMessage("training window rejected: field=h, expected=6, actual=3.");
  }
}
