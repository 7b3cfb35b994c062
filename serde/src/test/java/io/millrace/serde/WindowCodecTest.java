package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Half;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.schemas.Numbers;
import io.millrace.schemas.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WindowCodecTest {
  private static final ModelSpec SPEC = new ModelSpec(
      Cell.LSTM,
      new InputSpec(0, Set.of(), List.of(new CategoryInput(5, 0)), false),
      1,
      2,
      Head.CATEGORY,
      5);
  private static final WindowCodec CODEC = new WindowCodec(SPEC);

  private static final ModelSpec FORECAST = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);
  private static final WindowCodec FORECASTS = new WindowCodec(FORECAST);
  private static final HiddenState HALVES =
      new HiddenState(new float[] {0.5f, -0.0f, Half.rounded(0.1f)}, new float[] {-1.5f, 2, 0});
  private static final float[] INPUTS = {1, -2.25f, Half.rounded(0.3f), 4};
  private static final float[] TARGETS = {Half.rounded(0.3f), 4, -8, 0};

  /** As it was first written: some of its numbers are no halves. */
  private static final CutWindow FLOATS = forecasts(
      new HiddenState(new float[] {0.5f, -0.0f, 0.1f}, new float[] {-1.5f, 2, 1e-3f}),
      new float[] {1, -2.25f, 0.3f, 4},
      new float[] {0.3f, 4, -8, 0});

  private static CutWindow forecasts(HiddenState initial, float[] inputs, float[] targets) {
    return new CutWindow(
        41,
        7,
        new long[] {1_700_000_000_000L, 1_700_000_000_900L},
        new TrainingWindow(initial, inputs, targets, new byte[] {1, 0}));
  }

  private static Window record(CutWindow window) {
    return AvroSerde.of(Window.class).decode(FORECASTS.encode(window));
  }

  private static byte[] forged(String field, int bytes, short half) {
    ByteBuffer numbers = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      numbers.putShort(half);
    }
    Window record = record(forecasts(HALVES, INPUTS, TARGETS));
    record.put(field, numbers.flip());
    return AvroSerde.of(Window.class).encode(record);
  }

  private static float[] with(float[] values, float last) {
    float[] copy = values.clone();
    copy[copy.length - 1] = last;
    return copy;
  }

  static Stream<CutWindow> halvesButForOne() {
    return Stream.of(
        forecasts(new HiddenState(with(HALVES.h(), 0.1f), HALVES.c()), INPUTS, TARGETS),
        forecasts(new HiddenState(HALVES.h(), with(HALVES.c(), 1e-9f)), INPUTS, TARGETS),
        forecasts(HALVES, with(INPUTS, 70_000), TARGETS),
        forecasts(HALVES, INPUTS, with(TARGETS, 2_049)));
  }

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

  private static void assertComesBack(CutWindow window) {
    CutWindow back = FORECASTS.decode(FORECASTS.encode(window));

    assertThat(back).usingRecursiveComparison().isEqualTo(window);
    assertThat(bits(back.steps())).isEqualTo(bits(window.steps()));
  }

  /** In which 0 is not -0. */
  private static byte[] bits(TrainingWindow window) {
    return Floats.bytes(
            window.initial().h(), window.initial().c(), window.inputs(), window.targets())
        .array();
  }

  @Test
  void aWindowOfHalvesComesBackAsItWentInHalfOfTheBytes() {
    CutWindow window = forecasts(HALVES, INPUTS, TARGETS);

    assertComesBack(window);
    assertThat(record(window).getNumbers()).isEqualTo(Numbers.F16);
    assertThat(FORECASTS.encode(window)).hasSize(FORECASTS.encode(FLOATS).length - 14 * 2);
  }

  @ParameterizedTest
  @MethodSource("halvesButForOne")
  void oneNumberThatIsNoHalfKeepsAllOfThemAsTheyAre(CutWindow window) {
    assertComesBack(window);
    assertThat(record(window).getNumbers()).isEqualTo(Numbers.F32);
  }

  @Test
  void aWindowOfTheFirstSchemaIsRead() throws IOException {
    assertThat(FORECASTS.decode(Golden.bytes("window-v1.hex")))
        .usingRecursiveComparison()
        .isEqualTo(FLOATS);
  }

  @Test
  void windowsAreWrittenAsTheyOnceWere() throws IOException {
    assertThat(FORECASTS.encode(FLOATS)).isEqualTo(Golden.bytes("window-v2-f32.hex"));
    assertThat(FORECASTS.encode(forecasts(HALVES, INPUTS, TARGETS)))
        .isEqualTo(Golden.bytes("window-v2-f16.hex"));
  }

  @ParameterizedTest
  @CsvSource({"initialState, 12", "inputs, 8", "targets, 8"})
  void halvesOfAnotherNumberAreRefused(String field, int expected) {
    for (int bytes : new int[] {0, expected - 2, expected + 2, 2 * expected}) {
      byte[] window = forged(field, bytes, (short) 0);

      assertThatThrownBy(() -> FORECASTS.decode(window))
          .isInstanceOf(UnusableWindowException.class)
          .hasMessage(
              "window rejected: field=%s, expected=%d bytes, actual=%d. It is not learned from.",
              field, expected, bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({"initialState, 12", "inputs, 8", "targets, 8"})
  void halvesThatAreNotFiniteAreRefused(String field, int bytes) {
    for (int half : new int[] {0x7C00, 0xFC00, 0x7E00}) {
      byte[] window = forged(field, bytes, (short) half);

      assertThatThrownBy(() -> FORECASTS.decode(window))
          .isInstanceOf(UnusableWindowException.class)
          .hasMessage(
              "window rejected: field=%s, expected=finite, actual=NaN or infinite. It is not learned from.",
              field);
    }
  }
}
