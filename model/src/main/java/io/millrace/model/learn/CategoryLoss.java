package io.millrace.model.learn;

/** Cross-entropy of {@link io.millrace.model.CategoryHead}: nats. One exponential a category, from the largest logit on. */
final class CategoryLoss implements StepLoss {
  @Override
  public double derive(double[] y, float target) {
    int category = (int) target;
    double largest = largest(y);
    double came = y[category] - largest;
    double sum = 0;
    for (int c = 0; c < y.length; c++) {
      y[c] = Math.exp(y[c] - largest);
      sum += y[c];
    }

    // forward: loss = log sum exp(y) - y[category]
    for (int c = 0; c < y.length; c++) {
      y[c] /= sum;
    }
    y[category] -= 1;
    return Math.log(sum) - came;
  }

  private static double largest(double[] y) {
    double largest = y[0];
    for (double logit : y) {
      largest = Math.max(largest, logit);
    }
    return largest;
  }
}
