package io.millrace.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabellingTest {
  private static final ModelSpec BINARY = new ModelSpec(
      Cell.LSTM,
      new InputSpec(0, Set.of(), List.of(new CategoryInput(5, 0)), true),
      1,
      4,
      Head.BINARY,
      0);
  private static final ModelSpec REGRESSION = new ModelSpec(Cell.LSTM, 1, 1, 4, Head.REGRESSION);

  private final Labelling binary = new Labelling(BINARY, 100);
  private final Labelling regression = new Labelling(REGRESSION, 100);

  private static float[] row(int category) {
    return new float[] {0, 0, 0, category, -1};
  }

  @Test
  void theNewestEventsLabelIsTheOneThatIsFedBackInWhateverOrderTheyBecomeKnown() {
    LabelMemory memory = LabelMemory.initial(BINARY);
    memory = binary.after(memory, 7, 70, row(4), 1);
    memory = binary.after(memory, 5, 50, row(2), 0);

    assertThat(memory.step()).isEqualTo(7);
    assertThat(memory.time()).isEqualTo(70);
    assertThat(memory.value()).isEqualTo(1);
    assertThat(memory.categories()).containsExactly(4);

    assertThat(binary.after(memory, 8, 80, row(3), 0).categories()).containsExactly(3);
  }

  @Test
  void aModelThatHasNoUseForLabelsRemembersNone() {
    ModelSpec plain = new ModelSpec(Cell.LSTM, 1, 1, 4, Head.BINARY);
    LabelMemory before = LabelMemory.initial(plain);

    assertThat(new Labelling(plain, 100).after(before, 3, 30, new float[2], 1)).isSameAs(before);
  }

  @Test
  void aValueIsTaughtInTheUnitsOfTheLabelsBeforeItAndBounded() {
    LabelMemory memory = LabelMemory.initial(REGRESSION);
    assertThat(regression.target(memory, 1000)).isZero();
    for (int n = 0; n < 100; n++) {
      memory = regression.after(memory, n, n, new float[2], n % 2 == 0 ? 90 : 110);
    }

    assertThat(memory.count()).isEqualTo(100);
    assertThat(regression.target(memory, 120)).isCloseTo(2, within(0.01f));
    assertThat(regression.target(memory, 1e12)).isEqualTo(8);
    assertThat(binary.target(LabelMemory.initial(BINARY), 1)).isEqualTo(1);
  }
}
