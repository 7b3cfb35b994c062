package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 3, 2, 5, Head.FORECAST);

  @Test
  void theSignatureNamesTheModelInFull() {
    assertThat(SPEC.signature()).isEqualTo("lstm-2x5-f3-forecast");
  }

  @Test
  void tensorsHaveTheNamesAndShapesOfPyTorch() {
    assertThat(new ParameterLayout(SPEC)
            .tensors().stream()
                .map(tensor -> tensor.name() + " " + tensor.rows() + "x" + tensor.columns()))
        .containsExactly(
            "weight_ih_l0 20x3",
            "weight_hh_l0 20x5",
            "bias_ih_l0 20x1",
            "bias_hh_l0 20x1",
            "weight_ih_l1 20x5",
            "weight_hh_l1 20x5",
            "bias_ih_l1 20x1",
            "bias_hh_l1 20x1",
            "head.weight 6x5",
            "head.bias 6x1",
            "head.skip 3x1");
  }

  @Test
  void versionZeroNeverChanges() {
    float[] values = Parameters.initial(SPEC, 1).toArray();

    assertThat(values[0]).isEqualTo(0.059534434f);
    assertThat(values[99]).isEqualTo(-0.17111792f);
  }

  @Test
  void anotherSeedIsAnotherNetwork() {
    assertThat(Parameters.initial(SPEC, 2).toArray())
        .isNotEqualTo(Parameters.initial(SPEC, 1).toArray());
  }

  @Test
  void aWrongLengthIsRefused() {
    assertThatThrownBy(() -> new Parameters(new ParameterLayout(SPEC), new float[7]))
        .hasMessage(
            "parameters rejected: field=length, expected=479, actual=7, signature=lstm-2x5-f3-forecast.");
  }

  @Test
  void aSlotThatIsEmbeddedHasATableOfItsOwn() {
    InputSpec input = new InputSpec(
        0,
        Set.of(BuiltIn.TIME_GAP),
        List.of(new CategoryInput(7, 0), new CategoryInput(2000, 3)),
        true);
    Parameters initial = Parameters.initial(new ModelSpec(Cell.LSTM, input, 1, 5, Head.BINARY), 1);

    assertThat(initial.layout().tensors().stream()
            .map(tensor -> tensor.name() + " " + tensor.rows() + "x" + tensor.columns()))
        .containsExactly(
            "weight_ih_l0 20x31",
            "weight_hh_l0 20x5",
            "bias_ih_l0 20x1",
            "bias_hh_l0 20x1",
            "head.weight 1x5",
            "head.bias 1x1",
            "embedding_1.weight 2000x3",
            "embedding_3.weight 4000x3");
  }

  @Test
  void anEmbeddingIsAboutAsLongAsAOneHotId() {
    InputSpec input = new InputSpec(0, Set.of(), List.of(new CategoryInput(4000, 8)), false);
    Parameters initial = Parameters.initial(new ModelSpec(Cell.LSTM, input, 1, 5, Head.BINARY), 1);

    float[] table = initial.copyOf(initial.layout().embedding(0));
    double squares = 0;
    for (float value : table) {
      squares += (double) value * value;
    }

    assertThat(squares / 4000).isCloseTo(1, within(0.02));
  }
}
