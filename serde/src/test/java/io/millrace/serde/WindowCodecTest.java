package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowCodecTest {
  private static final ModelSpec SPEC = new ModelSpec(
      Cell.LSTM,
      new InputSpec(0, Set.of(), List.of(new CategoryInput(5, 0)), false),
      1,
      2,
      Head.CATEGORY,
      5);
  private static final WindowCodec CODEC = new WindowCodec(SPEC);

  private static byte[] window(float id, float target) {
    return CODEC.encode(new CutWindow(
        1,
        0,
        new long[1],
        new TrainingWindow(
            HiddenState.initial(SPEC), new float[] {id}, new float[] {target}, new byte[] {1})));
  }

  @Test
  void aCategoryThatThereIsNotIsRefusedBeforeAnybodyLearnsIt() {
    assertThat(CODEC.decode(window(ModelSpec.NONE, 4)).steps().targets()).containsExactly(4);
    assertThatThrownBy(() -> CODEC.decode(window(5, 4)))
        .isInstanceOf(UnusableWindowException.class)
        .hasMessage("training window rejected: field=category, expected=an integer in 0..4,"
            + " actual=5.0. It is not learned from.");
    assertThatThrownBy(() -> CODEC.decode(window(4, 2.5f)))
        .isInstanceOf(UnusableWindowException.class)
        .hasMessage("training window rejected: field=target, expected=an integer in 0..4,"
            + " actual=2.5. It is not learned from.");
  }
}
