package io.millrace.model.learn.optimizer;

import java.util.Arrays;

/**
 * Lets parameters follow their gradient, by the rule and at the rate that its settings name. Holds the rule's moments; serves one
 * array of parameters and one thread.
 */
public final class Optimizer {
  private final OptimizerSettings settings;
  private final UpdateRule rule;
  private final int size;
  private final float[][] moments;
  private long updates;
  private long age;

  /** An optimizer that has made no step. {@code size} is the number of parameters. */
  public Optimizer(OptimizerSettings settings, int size) {
    this.settings = settings;
    this.rule = settings.rule();
    this.size = size;
    this.moments = new float[rule.moments()][size];
  }

  /**
   * Goes on where another one stood; its next step is the one that the other would have made, bit for bit.
   *
   * @throws IllegalArgumentException when the state is another rule's or another model's
   */
  public static Optimizer restored(OptimizerSettings settings, int size, OptimizerState state) {
    Optimizer optimizer = new Optimizer(settings, size);
    optimizer.take(state);
    return optimizer;
  }

  private void take(OptimizerState state) {
    expect("kind", settings.kind(), state.kind());
    expect("moments", moments.length, state.moments().length);
    for (int k = 0; k < moments.length; k++) {
      expect("length of moment " + k, size, state.moments()[k].length);
      System.arraycopy(state.moments()[k], 0, moments[k], 0, size);
    }
    updates = state.updates();
    age = state.age();
  }

  private static void expect(String field, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new IllegalArgumentException("optimizer state rejected: field=" + field + ", expected="
          + expected + ", actual=" + actual
          + ". Reset the learner or configure the optimizer that made it.");
    }
  }

  /**
   * One update.
   *
   * @param values [N], changed
   * @param gradient [N] the mean gradient of a batch, admitted by a {@link GradientGuard}
   */
  public void step(float[] values, float[] gradient) {
    checkLength("values", values);
    checkLength("gradient", gradient);
    updates++;
    age++;
    double rate = settings.rate() * settings.schedule().factor(age, updates);
    rule.apply(values, gradient, rate, age, moments);
  }

  private void checkLength(String name, float[] array) {
    if (array.length != size) {
      throw new IllegalArgumentException("optimizer step rejected: field=length of " + name
          + ", expected=" + size + ", actual=" + array.length + ".");
    }
  }

  /** Forgets the moments, which follow a path that the parameters have left. The decay of the rate goes on. */
  public void reset() {
    for (float[] moment : moments) {
      Arrays.fill(moment, 0);
    }
    age = 0;
  }

  /** A copy. */
  public OptimizerState state() {
    float[][] copy = new float[moments.length][];
    for (int k = 0; k < copy.length; k++) {
      copy[k] = moments[k].clone();
    }
    return new OptimizerState(settings.kind(), updates, age, copy);
  }
}
