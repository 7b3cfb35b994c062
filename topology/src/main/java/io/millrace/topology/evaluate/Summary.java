package io.millrace.topology.evaluate;

/**
 * What an evaluation came to; also its JSON.
 *
 * @param rows read
 * @param scored rows that got a score
 * @param deadLetters rows that could not be scored
 * @param meanSurprise over the scored rows: nats
 * @param meanSurpriseFirstTenth over the first tenth of them
 * @param meanSurpriseLastTenth over the last tenth of them
 * @param weightsVersion newest at the end
 * @param windows cut to be learned from, in training too
 * @param stepsLearned steps in the newest weights
 * @param stepsDropped steps that are in no weights, for whatever reason
 * @param trainRows rows of the history that was learned from first
 * @param epochs how often all of it was; 0 without training
 * @param mse see {@link Figures}, as for all up to calibrationError
 * @param seconds from first row to last, without the training
 */
public record Summary(
    long rows,
    long scored,
    long deadLetters,
    double meanSurprise,
    double meanSurpriseFirstTenth,
    double meanSurpriseLastTenth,
    long weightsVersion,
    long windows,
    long stepsLearned,
    long stepsDropped,
    long trainRows,
    int epochs,
    Double mse,
    Double mae,
    Double accuracy,
    Double bitsPerEvent,
    Double auc,
    Double logLoss,
    Double calibrationError,
    double seconds) {}
