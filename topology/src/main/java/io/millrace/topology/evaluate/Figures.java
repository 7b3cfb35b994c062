package io.millrace.topology.evaluate;

/**
 * How good a head's predictions were. Each is null where it is not the head's, or where there was nothing to measure it by.
 *
 * @param mse mean squared error: of forecasts, in standard deviations of each file's warm-up rows; of a regression, in the label's units
 * @param mae mean absolute error, likewise
 * @param accuracy part of the rows whose category was held the most probable, or of the labels on whose side of 0.5 the probability was
 * @param bitsPerEvent mean of -log2 of the probability of what came; what was scored as the unknown costs log2 of the vocabulary's size
 *     beside it, as if its text were drawn from as many; of a hashed field, bits of the bucket
 * @param auc area under the ROC curve: how often a row with label 1 has a higher probability than one with 0; ties count half
 * @param logLoss mean of -log of the probability of the label: nats
 * @param calibrationError expected calibration error over ten equal ranges of probability: 0 to 1
 */
record Figures(
    Double mse,
    Double mae,
    Double accuracy,
    Double bitsPerEvent,
    Double auc,
    Double logLoss,
    Double calibrationError) {

  static Figures ofErrors(Double mse, Double mae) {
    return new Figures(mse, mae, null, null, null, null, null);
  }
}
