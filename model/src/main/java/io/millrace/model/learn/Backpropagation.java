package io.millrace.model.learn;

import java.util.List;

/**
 * Truncated backpropagation through time: forward and backward of a batch of unequal windows, each from its own initial state.
 * Werbos, Proceedings of the IEEE 1990; truncated as by Williams and Peng, Neural Computation 1990.
 *
 * <p>Costs about three forward passes. Holds scratch arrays, which grow to the largest batch and serve every call: for one thread.
 * The same arguments give the same bits.
 */
public interface Backpropagation {

  /**
   * @param values [layout.size()] the parameters in the order of {@link io.millrace.model.ParameterLayout}, not changed
   * @param batch windows of any lengths
   * @param gradient [layout.size()], {@code += d lossSum / d values}: of the sum over steps, not of the mean
   * @throws IllegalArgumentException when a window is not one of the model; the gradient is then as it was
   */
  BatchLoss accumulate(float[] values, List<TrainingWindow> batch, float[] gradient);
}
