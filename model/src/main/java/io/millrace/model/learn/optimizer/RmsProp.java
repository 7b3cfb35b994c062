package io.millrace.model.learn.optimizer;

/**
 * RMSProp. Tieleman and Hinton, lecture 6.5 of "Neural Networks for Machine Learning", 2012; epsilon stands outside the root, as
 * in PyTorch. Keeps one copy of the parameters (4 bytes each). The rate is per update.
 *
 * <pre>
 *   g = gradient + decay w      v = alpha v + (1 - alpha) g^2      w = w - rate g / (sqrt(v) + epsilon)
 * </pre>
 */
record RmsProp(double alpha, double epsilon, double weightDecay) implements UpdateRule {

  @Override
  public int moments() {
    return 1;
  }

  @Override
  public void apply(float[] values, float[] gradient, double rate, long age, float[][] moments) {
    float[] squares = moments[0];
    float keep = (float) alpha;
    float take = (float) (1 - alpha);
    float eps = (float) epsilon;
    float decay = (float) weightDecay;
    float step = (float) rate;
    for (int n = 0; n < values.length; n++) {
      float g = gradient[n] + decay * values[n];
      float square = keep * squares[n] + take * g * g;
      squares[n] = square;
      values[n] -= step * g / ((float) Math.sqrt(square) + eps);
    }
  }
}
