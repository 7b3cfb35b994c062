package io.millrace.model.learn.optimizer;

/**
 * The mathematics of one optimizer, without memory of its own. The loops are plain ones over arrays, which the JIT compiler turns
 * into vector instructions.
 */
sealed interface UpdateRule permits Sgd, RmsProp, Adagrad, Adam, AdamW {

  /** Arrays as long as the parameters that the rule remembers. */
  int moments();

  /**
   * @param values [N], changed
   * @param gradient [N]
   * @param rate of this update
   * @param age number of this update since the moments were zero, from 1
   * @param moments [moments()][N], changed
   */
  void apply(float[] values, float[] gradient, double rate, long age, float[][] moments);
}
