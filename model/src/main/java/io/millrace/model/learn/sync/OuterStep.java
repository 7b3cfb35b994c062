package io.millrace.model.learn.sync;

import java.util.List;

/**
 * From the workers' changes to the next weights. The plain average is local SGD (Stich, ICLR 2019); with momentum the mean change
 * is the outer gradient of DiLoCo (Douillard et al., 2023), followed as {@code torch.optim.SGD(nesterov=True)} does. Keeps one
 * copy of the parameters (4 bytes each) as velocity.
 *
 * <pre>
 *   mean     = sum over workers of steps * delta / sum of steps
 *   velocity = momentum velocity + mean
 *   values   = values + rate (mean + momentum velocity)
 * </pre>
 *
 * With a rate of 1 and no momentum a single worker's deltas are added as they are, in floats, one after the other: the sum that its
 * replica has made already.
 */
record OuterStep(double rate, double momentum) {

  /**
   * One worker's part in a round.
   *
   * @param steps behind its deltas, at least 1
   * @param deltas [N] each, in the order of their sequence
   */
  record Share(long steps, List<float[]> deltas) {}

  record Position(float[] values, float[] velocity) {}

  /** @param shares in the order of the workers, at least one */
  Position from(Position before, List<Share> shares) {
    if (rate == 1 && momentum == 0) {
      float[] values = before.values().clone();
      List<float[]> deltas = shares.size() == 1 ? shares.get(0).deltas() : List.of(mean(shares));
      deltas.forEach(delta -> Vectors.add(values, delta));
      return new Position(values, before.velocity());
    }
    return accelerated(before, mean(shares));
  }

  private Position accelerated(Position before, float[] mean) {
    float[] values = before.values().clone();
    float[] velocity = before.velocity().clone();
    float keep = (float) momentum;
    float step = (float) rate;
    for (int n = 0; n < values.length; n++) {
      velocity[n] = keep * velocity[n] + mean[n];
      values[n] += step * (mean[n] + keep * velocity[n]);
    }
    return new Position(values, velocity);
  }

  private static float[] mean(List<Share> shares) {
    double total = shares.stream().mapToLong(Share::steps).sum();
    double[] sum = new double[shares.get(0).deltas().get(0).length];
    for (Share share : shares) {
      for (float[] delta : share.deltas()) {
        addScaled(sum, share.steps() / total, delta);
      }
    }
    float[] mean = new float[sum.length];
    for (int n = 0; n < mean.length; n++) {
      mean[n] = (float) sum[n];
    }
    return mean;
  }

  private static void addScaled(double[] sum, double weight, float[] delta) {
    for (int n = 0; n < sum.length; n++) {
      sum[n] += weight * delta[n];
    }
  }
}
