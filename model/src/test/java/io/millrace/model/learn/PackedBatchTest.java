package io.millrace.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedBatchTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 1, 1, 1, Head.FORECAST);

  private static TrainingWindow window(int steps) {
    byte[] mask = new byte[steps];
    Arrays.fill(mask, (byte) 1);
    mask[0] = 0;
    return new TrainingWindow(HiddenState.initial(SPEC), new float[steps], new float[steps], mask);
  }

  @Test
  void windowsStandByFallingLengthAndEqualOnesAsTheyCame() {
    List<TrainingWindow> batch =
        IntStream.of(2, 5, 1, 2, 5, 3).mapToObj(PackedBatchTest::window).toList();
    PackedBatch packed = new PackedBatch(SPEC);
    packed.pack(batch);

    assertThat(IntStream.range(0, packed.windows()).map(rank -> batch.indexOf(packed.window(rank))))
        .containsExactly(1, 4, 5, 0, 3, 2);
  }

  @Test
  void aStepHoldsTheWindowsThatHaveIt() {
    PackedBatch packed = new PackedBatch(SPEC);
    packed.pack(List.of(window(2), window(3), window(2)));

    assertThat(packed.steps()).isEqualTo(3);
    assertThat(IntStream.rangeClosed(0, 3).map(packed::active)).containsExactly(3, 3, 1, 0);
    assertThat(IntStream.rangeClosed(0, 3).map(packed::start)).containsExactly(0, 3, 6, 7);
    assertThat(packed.rows()).isEqualTo(7);
    assertThat(packed.known()).isEqualTo(4);
  }

  @Test
  void nothingOfALargerBatchStaysBehind() {
    PackedBatch packed = new PackedBatch(SPEC);
    packed.pack(List.of(window(9), window(7), window(1)));
    packed.pack(List.of(window(2)));

    assertThat(packed.windows()).isEqualTo(1);
    assertThat(packed.rows()).isEqualTo(2);
    assertThat(IntStream.rangeClosed(0, 2).map(packed::active)).containsExactly(1, 1, 0);
  }
}
