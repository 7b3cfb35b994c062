package io.millrace.model.scoring;

import java.util.Arrays;

/**
 * The lowest and the highest level of each feature that a key has shown, over the last {@code horizon} events at least and twice as
 * many at most: two generations, the younger of which becomes the elder every {@code horizon} events. 16 bytes a feature.
 *
 * <p>In floats: what a float does not tell from an extreme is rounding, not a new one.
 *
 * @param low [F] lowest level remembered: raw units; {@link Float#MAX_VALUE} while there is none
 * @param high [F] highest level remembered; {@code -MAX_VALUE} while there is none
 * @param youngLow [F] lowest of the younger generation
 * @param youngHigh [F] highest of the younger generation
 */
public record Extremes(float[] low, float[] high, float[] youngLow, float[] youngHigh) {

  public static Extremes initial(int features) {
    return new Extremes(lowest(features), highest(features), lowest(features), highest(features));
  }

  private static float[] lowest(int features) {
    float[] none = new float[features];
    Arrays.fill(none, Float.MAX_VALUE);
    return none;
  }

  private static float[] highest(int features) {
    float[] none = new float[features];
    Arrays.fill(none, -Float.MAX_VALUE);
    return none;
  }

  /** Whether a feature is lower, or higher, than ever remembered; never so for a key that remembers none. */
  boolean exceededBy(double[] x) {
    for (int f = 0; f < low.length; f++) {
      float level = level(x[f]);
      if (low[f] <= high[f] && (level < low[f] || level > high[f])) {
        return true;
      }
    }
    return false;
  }

  /**
   * The extremes after one more event.
   *
   * @param steps events before this one
   * @param x [F] raw units
   */
  Extremes after(long steps, double[] x, long horizon) {
    boolean turn = steps > 0 && steps % horizon == 0;
    Extremes next = turn
        ? new Extremes(youngLow.clone(), youngHigh.clone(), lowest(low.length), highest(low.length))
        : new Extremes(low.clone(), high.clone(), youngLow.clone(), youngHigh.clone());
    next.include(x);
    return next;
  }

  private void include(double[] x) {
    for (int f = 0; f < low.length; f++) {
      float level = level(x[f]);
      low[f] = Math.min(low[f], level);
      high[f] = Math.max(high[f], level);
      youngLow[f] = Math.min(youngLow[f], level);
      youngHigh[f] = Math.max(youngHigh[f], level);
    }
  }

  private static float level(double x) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
  }
}
