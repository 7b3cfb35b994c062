package io.millrace.topology.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.schemas.Score;
import io.millrace.topology.csv.CsvRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static CsvRow row(long number, OptionalDouble label) {
    return new CsvRow(
        "f",
        number,
        "k",
        "0",
        Optional.of(Instant.EPOCH),
        List.of(),
        List.of(),
        label,
        false,
        Optional.empty());
  }

  private static Judged judged(double surprise, boolean stranger, double... prediction) {
    List<Double> values = DoubleStream.of(prediction).boxed().toList();
    return new Judged(
        new Score(null, Instant.EPOCH, 0.0, surprise, values, 0L, 0L, false, false, false),
        stranger);
  }

  private static void label(HeadFigures figures, long row, double label, double prediction) {
    double surprise = -Math.log(label == 1 ? prediction : 1 - prediction);
    figures.add(row(row, OptionalDouble.of(label)), judged(surprise, false, prediction));
  }

  @Test
  void whatHadNoIdCostsTheChoiceAmongAllTextsAndIsNeverRight() {
    HeadFigures figures = new CategoryFigures(16, 1);
    OptionalDouble none = OptionalDouble.empty();
    figures.add(row(0, none), judged(99, false, 7, 0.1)); // warm-up
    figures.add(row(1, none), judged(Math.log(2), false, 1, 0.5));
    figures.add(row(2, none), judged(Math.log(4), false, 2, 0.25));
    figures.add(row(3, none), judged(Math.log(8), true, 1, 0.125));

    assertThat(figures.figures().accuracy()).isCloseTo(1 / 3.0, EXACT);
    assertThat(figures.figures().bitsPerEvent()).isCloseTo((1 + 2 + 3 + 4) / 3.0, EXACT);
  }

  @Test
  void labelsThatAreNotKnownAreNotJudged() {
    HeadFigures figures = new BinaryFigures(0);
    figures.add(row(0, OptionalDouble.empty()), judged(0, false, 0.9));

    assertThat(figures.figures()).isEqualTo(Figures.ofErrors(null, null));
  }

  @Test
  void aBinaryHeadIsMeasuredByAreaLossAccuracyAndCalibration() {
    HeadFigures figures = new BinaryFigures(0);
    label(figures, 0, 1, 0.8);
    label(figures, 1, 0, 0.3);
    label(figures, 2, 1, 0.3);
    label(figures, 3, 0, 0.6);

    Figures all = figures.figures();
    assertThat(all.auc()).isCloseTo((2 + 0.5) / 4, EXACT);
    assertThat(all.accuracy()).isCloseTo(0.5, EXACT);
    assertThat(all.logLoss())
        .isCloseTo(-(Math.log(0.8) + Math.log(0.7) + Math.log(0.3) + Math.log(0.4)) / 4, EXACT);
    assertThat(all.calibrationError()).isCloseTo((0.2 + Math.abs(0.6 - 1) + 0.6) / 4, EXACT);
  }

  @Test
  void theAreaIsThePartOfPairsInTheRightOrder() {
    Random random = new Random(3);
    RocCurve curve = new RocCurve();
    double[] probabilities = new double[3000];
    boolean[] labels = new boolean[3000];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = random.nextInt(3) == 0;
      probabilities[n] = Math.round(50 * (random.nextDouble() + (labels[n] ? 0.3 : 0))) / 70.0;
      curve.add(probabilities[n], labels[n]);
    }
    double right = 0;
    long pairs = 0;
    for (int one = 0; one < labels.length; one++) {
      for (int zero = 0; zero < labels.length; zero++) {
        if (labels[one] && !labels[zero]) {
          pairs++;
          right += 0.5 + 0.5 * Math.signum(probabilities[one] - probabilities[zero]);
        }
      }
    }

    assertThat(curve.area()).isCloseTo(right / pairs, EXACT);
  }

  @Test
  void anAreaNeedsBothLabels() {
    RocCurve curve = new RocCurve();
    curve.add(0.5, true);

    assertThat(curve.area()).isNull();
  }

  @Test
  void aRegressionIsMeasuredInTheLabelsUnits() {
    HeadFigures figures = new RegressionFigures(0);
    for (double error : Arrays.asList(1.0, -3.0)) {
      figures.add(row(0, OptionalDouble.of(100 + error)), judged(0, false, 100));
    }

    assertThat(figures.figures().mse()).isCloseTo(5, EXACT);
    assertThat(figures.figures().mae()).isCloseTo(2, EXACT);
  }
}
