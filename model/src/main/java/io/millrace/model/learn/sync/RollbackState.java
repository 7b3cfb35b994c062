package io.millrace.model.learn.sync;

/**
 * What the rollback guard remembers. Never changed.
 *
 * @param good newest weights whose loss was as usual
 * @param recent short-run mean of the loss: nats a step
 * @param usual long-run mean of the loss while it was not far above itself: nats a step
 * @param seen steps seen
 * @param far steps since the recent loss went far above the usual one; 0 while it is not
 * @param trialLeft steps until the weights of a rollback are judged; 0 while there is no trial
 */
public record RollbackState(
    MergedWeights good, double recent, double usual, long seen, long far, long trialLeft) {

  /** Nothing seen yet: the weights to begin with are the good ones. */
  public static RollbackState initial(MergedWeights weights) {
    return new RollbackState(weights, 0, 0, 0, 0, 0);
  }
}
