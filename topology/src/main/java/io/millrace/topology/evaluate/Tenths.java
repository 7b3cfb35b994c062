package io.millrace.topology.evaluate;

import java.util.Arrays;

/**
 * Means over the first and the last tenth of a series whose length is known only at its end. Keeps sums of at most
 * {@value #BLOCKS} blocks, so beyond as many values a tenth is exact to a thousandth of the series.
 */
public final class Tenths {
  private static final int BLOCKS = 2000;

  private final double[] sums = new double[BLOCKS];
  private long blockSize = 1;
  private long count;

  public void add(double value) {
    if (count == BLOCKS * blockSize) {
      halve();
    }
    sums[(int) (count / blockSize)] += value;
    count++;
  }

  private void halve() {
    for (int block = 0; block < BLOCKS / 2; block++) {
      sums[block] = sums[2 * block] + sums[2 * block + 1];
    }
    Arrays.fill(sums, BLOCKS / 2, BLOCKS, 0);
    blockSize *= 2;
  }

  public double first() {
    return mean(0, tenth());
  }

  public double last() {
    int blocks = (int) ((count + blockSize - 1) / blockSize);
    return mean(Math.max(0, blocks - tenth()), blocks);
  }

  private int tenth() {
    return (int) Math.max(1, count / 10 / blockSize);
  }

  private double mean(int from, int to) {
    double sum = Arrays.stream(sums, from, to).sum();
    long values = Math.min(count, to * blockSize) - from * blockSize;
    return count == 0 ? 0 : sum / values;
  }
}
