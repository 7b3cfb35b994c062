package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
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
    "FORECAST, 0, lstm-1x64-f8-forecast, 16, 8",
    "CATEGORY, 66, lstm-1x64-f8-category66, 66, 1",
    "BINARY, 0, lstm-1x64-f8-binary, 1, 1",
    "REGRESSION, 0, lstm-1x64-f8-regression, 1, 1"
  })
  void aHeadHasItsNameItsOutputsAndItsTargets(
      Head head, int classes, String signature, int outputs, int targets) {
    ModelSpec spec = spec(head, classes);

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
    float[] binary = Parameters.initial(spec(Head.BINARY, 0), 1).toArray();

    assertThat(binary).startsWith(Arrays.copyOf(forecast, binary.length - 1));
    assertThat(binary[binary.length - 1]).isZero();
  }
}
