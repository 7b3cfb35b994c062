package io.millrace.model.learn.optimizer;

/**
 * AdamW: Adam with decoupled weight decay. Loshchilov and Hutter, ICLR 2019, algorithm 2. Keeps two copies of the parameters
 * (8 bytes each). The rate is per update, and scales the decay too.
 *
 * <pre>
 *   w = w - rate decay w      then Adam's update, whose moments never see the decay
 * </pre>
 */
record AdamW(Adam adam, double weightDecay) implements UpdateRule {

  @Override
  public int moments() {
    return adam.moments();
  }

  @Override
  public void apply(float[] values, float[] gradient, double rate, long age, float[][] moments) {
    float keep = (float) (1 - rate * weightDecay);
    for (int n = 0; n < values.length; n++) {
      values[n] *= keep;
    }
    adam.apply(values, gradient, rate, age, moments);
  }
}
