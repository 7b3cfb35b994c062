package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Extremes;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LabelMemory;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.Spread;
import io.millrace.model.scoring.SurpriseMoments;
import io.millrace.model.scoring.UsualChange;
import io.millrace.model.scoring.UsualLevel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only some models have in their rows. */
class KeyStateHeadsTest {
  private static final List<CategoryInput> CATEGORIES =
      List.of(new CategoryInput(5, 0), new CategoryInput(9, 4));

  /** A model of each head that sees more than features, and a state of it. */
  enum Case {
    FORECAST(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), CATEGORIES, false), 1, 2, Head.FORECAST, 0),
        new float[] {1.25f, 4, 7}),
    CATEGORY(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), CATEGORIES, false), 1, 2, Head.CATEGORY, 5),
        new float[] {1.25f, -0.5f, 4, 7}),
    BINARY(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), CATEGORIES, true), 1, 2, Head.BINARY, 0),
        new float[0]),
    REGRESSION(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), List.of(), true), 1, 2, Head.REGRESSION, 0),
        new float[0]);

    private final ModelSpec spec;
    private final float[] input;

    Case(ModelSpec spec, float[] input) {
      this.spec = spec;
      this.input = input;
    }

    /** Whose mean squares have roots that a float holds. */
    private KeyState state() {
      return state(0.25, 1.5625);
    }

    private KeyState state(double square, double variance) {
      return new KeyState(
          42,
          1_700_000_000_123L,
          1_700_000_000_456L,
          33,
          new HiddenState(new float[] {0.25f, -0.5f}, new float[] {1.5f, -2.25f}),
          input.clone(),
          spec.head() == Head.FORECAST ? judged(square, variance) : shown(square, variance),
          new SurpriseMoments(41, 0.5, -0.75, 0.375, 2.5, 0.3125, 0.625),
          labels(spec),
          KeyState.NOTHING_KEPT);
    }

    private boolean hasYoung() {
      return FeatureBytes.hasYoung(state().features());
    }

    private static FeatureMemory judged(double square, double variance) {
      return new FeatureMemory(
          new double[] {21.5},
          new UsualChange(new double[] {square}),
          UsualLevel.initial(0),
          new LevelMoments(
              new double[] {20.25}, new double[] {20.5}, new double[] {variance}, 1.5, 0.25),
          new Extremes(
              new float[] {18.5f}, new float[] {23.25f}, new float[] {19.5f}, new float[] {22}));
    }

    private static FeatureMemory shown(double square, double variance) {
      return new FeatureMemory(
          new double[] {21.5},
          new UsualChange(new double[] {square}),
          new UsualLevel(new double[] {20.5}, new double[] {variance}),
          LevelMoments.initial(0),
          Extremes.initial(0));
    }

    private static LabelMemory labels(ModelSpec spec) {
      boolean fedBack = spec.input().labelFeedback();
      boolean counted = spec.head() == Head.REGRESSION;
      return new LabelMemory(
          fedBack ? 40 : LabelMemory.NO_STEP,
          fedBack ? 1_700_000_000_100L : 0,
          fedBack ? 1 : 0,
          spec.head() == Head.BINARY ? new float[] {3, 8} : new float[0],
          counted ? 17 : 0,
          counted ? new Spread(12.5, 2.25) : Spread.NONE);
    }

    private KeyStateCodec codec() {
      return new KeyStateCodec(spec, StateEncoding.F32);
    }

    private KeyStateCodec codec(StateEncoding encoding) {
      return new KeyStateCodec(spec, encoding);
    }

    private byte[] golden(int version) throws IOException {
      return Golden.bytes("key-state-v" + version + "-" + name().toLowerCase(Locale.ROOT) + ".hex");
    }
  }

  @ParameterizedTest
  @EnumSource
  void version5IsWrittenAndReadAsEver(Case of) throws IOException {
    assertThat(of.codec().encode(of.state())).isEqualTo(of.golden(5));
    assertThat(of.codec().decode(of.golden(5))).usingRecursiveComparison().isEqualTo(of.state());
  }

  @ParameterizedTest
  @EnumSource
  void version4IsStillRead(Case of) throws IOException {
    assertThat(of.codec().decode(of.golden(4))).usingRecursiveComparison().isEqualTo(of.state());
  }

  @ParameterizedTest
  @EnumSource
  void version3IsStillRead(Case of) throws IOException {
    assertThat(of.codec().decode(of.golden(3)))
        .usingRecursiveComparison()
        .isEqualTo(of.state(0.5, 1.75));
  }

  @ParameterizedTest
  @EnumSource
  void aFreshStateComesBackAsItWent(Case of) {
    KeyState fresh = KeyState.fresh(of.spec);

    for (StateEncoding encoding : StateEncoding.values()) {
      assertThat(of.codec().decode(of.codec(encoding).encode(fresh)))
          .usingRecursiveComparison()
          .isEqualTo(fresh);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySingleDamagedByteIsNoticed(Case of) {
    byte[] row = of.codec(StateEncoding.INT8).encode(of.state());
    for (int at = 0; at < row.length; at++) {
      byte[] damaged = row.clone();
      damaged[at] ^= 0x01;
      assertThatThrownBy(() -> of.codec().decode(damaged))
          .isInstanceOf(CorruptStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCutRowIsNoticedAtEveryLength(Case of) {
    byte[] row = of.codec().encode(of.state());
    for (int length = 0; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      assertThatThrownBy(() -> of.codec().decode(cut)).isInstanceOf(CorruptStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForgedRowThatEndsEarlyOrLateIsRefused(Case of) {
    byte[] row = of.codec().encode(of.state());
    for (int length : new int[] {KeyStateLayout.SURPRISE_AT, row.length - 1, row.length + 1}) {
      byte[] forged = forge(Arrays.copyOf(row, length));
      assertThatThrownBy(() -> of.codec().decode(forged)).isInstanceOf(CorruptStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowOfAVersionThatTheModelNeverHadIsRefused(Case of) {
    byte[] row = of.codec().encode(of.state());
    for (byte version : new byte[] {0, 1, 2, 6}) {
      row[KeyStateLayout.VERSION_AT] = version;
      assertThatThrownBy(() -> of.codec().decode(row))
          .hasMessage("state row rejected: field=version, expected=5, actual=" + version
              + ". The key starts from a fresh state.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForgedRowWithoutFiniteValuesIsRefused(Case of) {
    KeyStateLayout layout = new KeyStateLayout(of.spec);
    int doublesAt = layout.doublesAt(of.hasYoung());
    int encodedAt = layout.encodedAt(of.hasYoung());
    for (int at : new int[] {KeyStateLayout.SURPRISE_AT, doublesAt - 4, encodedAt}) {
      byte[] row = of.codec().encode(of.state());
      bytes(row).putFloat(at, Float.NEGATIVE_INFINITY);
      assertThatThrownBy(() -> of.codec().decode(forge(row)))
          .hasMessageContaining("value at " + at);
    }
    for (int at = doublesAt; at < encodedAt; at += 8) {
      byte[] row = of.codec().encode(of.state());
      bytes(row).putDouble(at, Double.NaN);
      assertThatThrownBy(() -> of.codec().decode(forge(row)))
          .hasMessageContaining("field=value at ");
    }
  }

  private static void assertSenseless(Case of, KeyState state, String facts) {
    byte[] row = of.codec().encode(state);
    assertThatThrownBy(() -> of.codec().decode(row))
        .isInstanceOf(CorruptStateException.class)
        .hasMessage("state row rejected: " + facts + ". The key starts from a fresh state.");
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatMakesNoSenseIsRefusedByName(Case of) {
    KeyState state = of.state();
    SurpriseMoments surprise = state.surprise();
    assertSenseless(
        of,
        with(state, -1, KeyState.NO_WINDOW, surprise),
        "field=steps, expected=at least 0, actual=-1");
    assertSenseless(
        of,
        with(state, 100_000, 7, surprise),
        "field=first step of the open window, expected=at most 65536 before 100000, actual=7");
    assertSenseless(
        of,
        with(state, 42, KeyState.NO_WINDOW, surprise(-7, 1)),
        "field=surprise count, expected=at least 0, actual=-7");
    assertSenseless(
        of,
        with(state, 42, KeyState.NO_WINDOW, surprise(3, -0.5)),
        "field=surprise variance, expected=0 to 1.0E300, actual=-0.5");
  }

  private static SurpriseMoments surprise(long count, double variance) {
    return new SurpriseMoments(count, 0.5, 0.5, variance, 1, 1, 1);
  }

  private static KeyState with(
      KeyState state, long steps, long windowStart, SurpriseMoments surprise) {
    return new KeyState(
        steps,
        state.lastTime(),
        state.lastSeen(),
        windowStart,
        state.hidden(),
        state.input(),
        state.features(),
        surprise,
        state.labels(),
        state.kept());
  }

  @ParameterizedTest
  @ValueSource(floats = {9, 1.5f, -2})
  void aCategoryThatThereIsNotIsRefused(float id) {
    KeyState state = Case.CATEGORY.state();
    state.input()[state.input().length - 1] = id;
    assertSenseless(Case.CATEGORY, state, "field=category, expected=0 to 8 or none, actual=" + id);
    KeyState crossed = Case.BINARY.state();
    crossed.labels().categories()[1] = id;
    assertSenseless(Case.BINARY, crossed, "field=category, expected=0 to 8 or none, actual=" + id);
  }

  @Test
  void aLabelThatIsNeither0Nor1IsRefusedWhereThereAreNoOthers() {
    byte[] row = Case.BINARY.codec().encode(Case.BINARY.state());
    int at = new KeyStateLayout(Case.BINARY.spec).doublesAt(Case.BINARY.hasYoung());
    bytes(row).putDouble(at, 0.5);
    assertThatThrownBy(() -> Case.BINARY.codec().decode(forge(row)))
        .hasMessage("state row rejected: field=label, expected=0 or 1, actual=0.5."
            + " The key starts from a fresh state.");
  }

  @ParameterizedTest
  @EnumSource
  void surprisesBeyondAFloatAreHeldToTheLargest(Case of) {
    KeyState state = with(of.state(), 42, KeyState.NO_WINDOW, surprise(3, 1e60));

    assertThat(of.codec().decode(of.codec().encode(state)).surprise().variance())
        .isEqualTo(Float.MAX_VALUE);
  }

  private static byte[] forge(byte[] row) {
    bytes(row).putInt(KeyStateLayout.CHECKSUM_AT, KeyStateRow.checksum(row));
    return row;
  }

  private static ByteBuffer bytes(byte[] row) {
    return ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
  }
}
