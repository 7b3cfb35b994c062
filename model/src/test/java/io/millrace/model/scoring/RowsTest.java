package io.millrace.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.BuiltIn;
import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Half;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final long NOON_OF_A_THURSDAY =
      Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

  private static ModelSpec spec(Head head, InputSpec input) {
    return new ModelSpec(Cell.LSTM, input, 1, 4, head, 0);
  }

  private static Occasion occasion(KeyState before, long time, double[] x, int... categories) {
    return new Occasion(
        before, new Observation(time, time, x, categories, OptionalDouble.empty()), false);
  }

  private static KeyState state(long lastTime, FeatureMemory features, LabelMemory labels) {
    return new KeyState(
        10,
        lastTime,
        lastTime,
        KeyState.NO_WINDOW,
        new HiddenState(new float[4], new float[4]),
        new float[0],
        features,
        SurpriseMoments.INITIAL,
        labels,
        KeyState.NOTHING_KEPT);
  }

  @Test
  void anEagerHeadIsShownChangesThenLevelsInTheKeysOwnUnits() {
    ModelSpec spec = spec(Head.BINARY, InputSpec.of(2));
    FeatureMemory features = new FeatureMemory(
        new double[] {10, 5},
        new UsualChange(new double[] {4, 0.25}),
        new UsualLevel(new double[] {8, 7}, new double[] {9, 1}),
        LevelMoments.initial(0),
        Extremes.initial(0));
    KeyState before = state(0, features, LabelMemory.initial(spec));

    float[] row = new Rows(spec).of(occasion(before, 1, new double[] {14, 500}));

    assertThat(row).containsExactly(2, 8, 2, 8);
  }

  @Test
  void aForecastIsShownChangesAlone() {
    ModelSpec spec = spec(Head.FORECAST, InputSpec.of(2));

    float[] row = new Rows(spec).of(occasion(KeyState.fresh(spec), 1, new double[] {14, 500}));

    assertThat(row).containsExactly(0, 0);
  }

  @Test
  void timeIsShownAsAGapAndAsPointsOnTheCirclesOfDayAndWeek() {
    ModelSpec spec =
        spec(Head.BINARY, new InputSpec(0, EnumSet.allOf(BuiltIn.class), List.of(), false));
    KeyState before = state(
        NOON_OF_A_THURSDAY - 3_600_000, FeatureMemory.initial(spec), LabelMemory.initial(spec));

    float[] row = new Rows(spec).of(occasion(before, NOON_OF_A_THURSDAY, new double[0]));

    assertThat(row).hasSize(5);
    assertThat(row[0]).isEqualTo(Half.rounded((float) (Math.log1p(3600) / 8 - 1)));
    assertThat(row[1]).isCloseTo(0, within(1e-6f));
    assertThat(row[2]).isCloseTo(-1, within(1e-6f));
    assertThat(row[3]).isCloseTo((float) Math.sin(Math.PI), within(1e-6f));
    assertThat(row[4]).isCloseTo(-1, within(1e-6f));
  }

  @Test
  void aKeysFirstEventHasNoGapAndOneThatComesLateHasNone() {
    ModelSpec spec =
        spec(Head.BINARY, new InputSpec(0, Set.of(BuiltIn.TIME_GAP), List.of(), false));
    KeyState before = state(1000, FeatureMemory.initial(spec), LabelMemory.initial(spec));
    Rows rows = new Rows(spec);

    assertThat(rows.of(occasion(KeyState.fresh(spec), 5, new double[0]))).containsExactly(0);
    assertThat(rows.of(occasion(before, 5, new double[0]))).containsExactly(-1);
  }

  @Test
  void theLastKnownLabelIsFedBackAndCrossedWithItsCategories() {
    ModelSpec spec = spec(
        Head.BINARY,
        new InputSpec(
            0, Set.of(), List.of(new CategoryInput(5, 0), new CategoryInput(9, 4)), true));
    Rows rows = new Rows(spec);
    LabelMemory unknown = LabelMemory.initial(spec);
    LabelMemory wrong =
        new Labelling(spec, 100).after(unknown, 3, 10_000, new float[] {0, 0, 0, 4, 7, -1, -1}, 1);
    FeatureMemory none = FeatureMemory.initial(spec);

    assertThat(rows.of(occasion(state(11_000, none, unknown), 11_000, new double[0], 2, 0)))
        .containsExactly(0, 0, 0, 2, 0, -1, -1);
    assertThat(rows.of(occasion(state(11_000, none, wrong), 11_000, new double[0], 2, 0)))
        .containsExactly(1, 1, Half.rounded((float) (Math.log1p(1) / 8 - 1)), 2, 0, 9, 15);
  }

  @Test
  void aValueIsFedBackInTheKeysOwnUnits() {
    ModelSpec spec = spec(Head.REGRESSION, new InputSpec(0, Set.of(), List.of(), true));
    Labelling labelling = new Labelling(spec, 100);
    LabelMemory labels = LabelMemory.initial(spec);
    for (int n = 0; n < 4; n++) {
      labels = labelling.after(labels, n, 0, new float[3], n % 2 == 0 ? 10 : 14);
    }

    float[] row = new Rows(spec)
        .of(occasion(state(0, FeatureMemory.initial(spec), labels), 0, new double[0]));

    assertThat(row).containsExactly(1, 1, -1);
  }

  @Test
  void numbersAreHalvesAndIdsAreNot() {
    ModelSpec spec = spec(
        Head.REGRESSION,
        new InputSpec(
            1, EnumSet.allOf(BuiltIn.class), List.of(new CategoryInput(65_536, 4)), false));
    FeatureMemory features = new FeatureMemory(
        new double[] {10},
        new UsualChange(new double[] {3}),
        new UsualLevel(new double[] {8}, new double[] {7}),
        LevelMoments.initial(0),
        Extremes.initial(0));
    KeyState before = state(0, features, LabelMemory.initial(spec));

    float[] row =
        new Rows(spec).of(occasion(before, NOON_OF_A_THURSDAY + 1, new double[] {11}, 65_535));

    assertThat(row).hasSize(8).endsWith(65_535);
    for (int n = 0; n < spec.numericColumns(); n++) {
      assertThat(row[n]).isEqualTo(Half.rounded(row[n]));
    }
  }
}
