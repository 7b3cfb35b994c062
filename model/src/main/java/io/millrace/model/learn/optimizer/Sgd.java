package io.millrace.model.learn.optimizer;

/**
 * Stochastic gradient descent with momentum. Polyak, USSR Comp. Math. 1964, in PyTorch's form, where a new rate also holds for
 * the moves already under way. Keeps one copy of the parameters (4 bytes each). The rate is per update.
 *
 * <pre>
 *   g = gradient + decay w      b = momentum b + g      w = w - rate b
 * </pre>
 */
record Sgd(double momentum, double weightDecay) implements UpdateRule {

  @Override
  public int moments() {
    return 1;
  }

  @Override
  public void apply(float[] values, float[] gradient, double rate, long age, float[][] moments) {
    float[] moves = moments[0];
    float keep = (float) momentum;
    float decay = (float) weightDecay;
    float step = (float) rate;
    for (int n = 0; n < values.length; n++) {
      float move = keep * moves[n] + (gradient[n] + decay * values[n]);
      moves[n] = move;
      values[n] -= step * move;
    }
  }
}
