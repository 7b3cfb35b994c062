package io.millrace.model.learn.optimizer;

/** The formulas of PyTorch's manual ("torch.optim", version 2.x), one parameter at a time, in double precision. */
final class TextbookRule {
  private final OptimizerSettings settings;
  private final double[] first;
  private final double[] second;

  TextbookRule(OptimizerSettings settings, int size) {
    this.settings = settings;
    this.first = new double[size];
    this.second = new double[size];
  }

  void step(double[] values, float[] gradient, int t) {
    for (int n = 0; n < values.length; n++) {
      values[n] = next(n, values[n], gradient[n], t);
    }
  }

  private double next(int n, double w, double gradient, int t) {
    double rate = settings.rate();
    double decay = settings.weightDecay();
    double g = gradient + decay * w;
    switch (settings.kind()) {
      case SGD -> {
        first[n] = t == 1 ? g : settings.momentum() * first[n] + g;
        return w - rate * first[n];
      }
      case RMSPROP -> {
        first[n] = settings.beta2() * first[n] + (1 - settings.beta2()) * g * g;
        return w - rate * g / (Math.sqrt(first[n]) + settings.epsilon());
      }
      case ADAGRAD -> {
        first[n] += g * g;
        return w - rate * g / (Math.sqrt(first[n]) + settings.epsilon());
      }
      case ADAM -> {
        return w - adam(n, g, t);
      }
      case ADAMW -> {
        return w - rate * decay * w - adam(n, gradient, t);
      }
    }
    throw new AssertionError(settings.kind());
  }

  private double adam(int n, double g, int t) {
    first[n] = settings.beta1() * first[n] + (1 - settings.beta1()) * g;
    second[n] = settings.beta2() * second[n] + (1 - settings.beta2()) * g * g;
    double mean = first[n] / (1 - Math.pow(settings.beta1(), t));
    double square = second[n] / (1 - Math.pow(settings.beta2(), t));
    return settings.rate() * mean / (Math.sqrt(square) + settings.epsilon());
  }
}
