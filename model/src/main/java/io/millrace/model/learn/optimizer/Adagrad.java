package io.millrace.model.learn.optimizer;

/**
 * Adagrad. Duchi, Hazan and Singer, JMLR 2011, the diagonal form. Keeps one copy of the parameters (4 bytes each). The rate is
 * per update, and the rule shrinks it for ever: a stream whose nature changes is followed ever more slowly.
 *
 * <pre>
 *   g = gradient + decay w      s = s + g^2      w = w - rate g / (sqrt(s) + epsilon)
 * </pre>
 */
record Adagrad(double epsilon, double weightDecay) implements UpdateRule {

  @Override
  public int moments() {
    return 1;
  }

  @Override
  public void apply(float[] values, float[] gradient, double rate, long age, float[][] moments) {
    float[] sums = moments[0];
    float eps = (float) epsilon;
    float decay = (float) weightDecay;
    float step = (float) rate;
    for (int n = 0; n < values.length; n++) {
      float g = gradient[n] + decay * values[n];
      float sum = sums[n] + g * g;
      sums[n] = sum;
      values[n] -= step * g / ((float) Math.sqrt(sum) + eps);
    }
  }
}
