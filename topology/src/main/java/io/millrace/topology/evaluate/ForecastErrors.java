package io.millrace.topology.evaluate;

import java.util.List;

/**
 * Errors of the forecasts of one file, each feature in standard deviations of its warm-up rows: the protocol of FSNet (Pham et
 * al., ICLR 2023). Without warm-up rows, or where a feature stands still throughout them, there is no unit, and nothing is counted.
 */
final class ForecastErrors {
  private final long warmupRows;
  private final double[] mean;
  private final double[] squares;
  private long seen;
  private long judged;
  private double squaredError;
  private double absoluteError;

  ForecastErrors(int features, long warmupRows) {
    this.warmupRows = warmupRows;
    this.mean = new double[features];
    this.squares = new double[features];
  }

  /** @param prediction made before the features were seen */
  void add(List<Double> features, List<Double> prediction) {
    if (seen < warmupRows) {
      learnUnits(features);
    } else if (hasUnits()) {
      judge(features, prediction);
    }
  }

  private void learnUnits(List<Double> features) {
    seen++;
    for (int f = 0; f < mean.length; f++) {
      double delta = features.get(f) - mean[f];
      mean[f] += delta / seen;
      squares[f] += delta * (features.get(f) - mean[f]);
    }
  }

  private boolean hasUnits() {
    for (double square : squares) {
      if (!(square > 0)) {
        return false;
      }
    }
    return seen > 0;
  }

  private void judge(List<Double> features, List<Double> prediction) {
    for (int f = 0; f < mean.length; f++) {
      double error = (features.get(f) - prediction.get(f)) / Math.sqrt(squares[f] / seen);
      squaredError += error * error / mean.length;
      absoluteError += Math.abs(error) / mean.length;
    }
    judged++;
  }

  long judged() {
    return judged;
  }

  /** Sum over the judged rows of the mean over the features. */
  double squaredError() {
    return squaredError;
  }

  /** Sum over the judged rows of the mean over the features. */
  double absoluteError() {
    return absoluteError;
  }
}
