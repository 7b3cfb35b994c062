package io.millrace.model;

/**
 * What the {@code category} head says of the next event's category: {@code p = softmax(y)}, where y:[C] are the logits.
 *
 * <p>All in double and from the largest logit on, so that no logit is too large for an exponential.
 */
public final class CategoryHead {
  private CategoryHead() {}

  /**
   * @param y [C] the head's linear map of the hidden state
   * @param probabilities written: [C], which sum to 1
   */
  public static void probabilities(float[] y, float[] probabilities) {
    double logSum = logSum(y);
    for (int c = 0; c < y.length; c++) {
      probabilities[c] = (float) Math.exp(y[c] - logSum);
    }
  }

  /** -log of the probability that the category had: nats, 0 or more; its exponential gives the probability. */
  public static double negativeLogLikelihood(float[] y, int category) {
    return logSum(y) - y[category];
  }

  /** The category's place among all: 1 for the most probable, C for the least; of equal ones the lower number comes first. */
  public static int rank(float[] y, int category) {
    int rank = 1;
    for (int c = 0; c < y.length; c++) {
      if (y[c] > y[category] || (y[c] == y[category] && c < category)) {
        rank++;
      }
    }
    return rank;
  }

  /** {@code log sum exp(y)} */
  private static double logSum(float[] y) {
    float largest = y[0];
    for (float logit : y) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : y) {
      sum += Math.exp((double) logit - largest);
    }
    return largest + Math.log(sum);
  }
}
