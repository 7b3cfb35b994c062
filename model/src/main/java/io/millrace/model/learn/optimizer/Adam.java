package io.millrace.model.learn.optimizer;

/**
 * Adam. Kingma and Ba, ICLR 2015, algorithm 1. Keeps two copies of the parameters (8 bytes each). The rate is per update, and
 * bounds, nearly, how far any one parameter moves by it.
 *
 * <pre>
 *   g = gradient + decay w      m = beta1 m + (1 - beta1) g      v = beta2 v + (1 - beta2) g^2
 *   w = w - rate mHat / (sqrt(vHat) + epsilon)
 *           mHat = m / (1 - beta1^t)      vHat = v / (1 - beta2^t)
 * </pre>
 */
record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements UpdateRule {

  @Override
  public int moments() {
    return 2;
  }

  @Override
  public void apply(float[] values, float[] gradient, double rate, long age, float[][] moments) {
    float[] means = moments[0];
    float[] squares = moments[1];
    float keepMean = (float) beta1;
    float takeMean = (float) (1 - beta1);
    float keepSquare = (float) beta2;
    float takeSquare = (float) (1 - beta2);
    float eps = (float) epsilon;
    float decay = (float) weightDecay;
    float step = (float) (rate / (1 - StrictMath.pow(beta1, age)));
    float unbias = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, age)));
    for (int n = 0; n < values.length; n++) {
      float g = gradient[n] + decay * values[n];
      float mean = keepMean * means[n] + takeMean * g;
      float square = keepSquare * squares[n] + takeSquare * g * g;
      means[n] = mean;
      squares[n] = square;
      values[n] -= step * mean / ((float) Math.sqrt(square) * unbias + eps);
    }
  }
}
