package io.millrace.model.scoring;

/**
 * How much each feature of one key usually changes from event to event: the unit in which the network sees and forecasts it, so
 * that one network serves keys of every scale, and a key whose level drifts looks to it like one that stays.
 *
 * <p>A plain mean while the key is young; from {@code horizon} events on, each event weighs 1/horizon and older ones fade. 8 bytes
 * a feature.
 *
 * @param square [F] mean square of the change: raw units squared
 */
public record UsualChange(double[] square) {
  /** A change below this part of the level is rounding, not signal. */
  private static final double RELATIVE_FLOOR = 1e-6;

  private static final double ABSOLUTE_FLOOR = 1e-12;

  public static UsualChange initial(int features) {
    return new UsualChange(new double[features]);
  }

  /**
   * What is usual after one more event.
   *
   * @param steps events before this one
   * @param last [F] the event before: raw units
   * @param x [F] raw units
   */
  UsualChange after(long steps, double[] last, double[] x, double horizon) {
    double weight = steps == 0 ? 0 : Math.max(1.0 / steps, 1 / horizon);
    double[] next = new double[x.length];
    for (int f = 0; f < x.length; f++) {
      double step = x[f] - last[f];
      next[f] = square[f] + weight * (step * step - square[f]);
    }
    return new UsualChange(next);
  }

  /** A change in the key's own units: 1 is as large as its changes usually are; 0 while it has shown none. */
  double inUnits(int f, double from, double to) {
    double unit = unit(f, from);
    return unit == 0 ? 0 : (to - from) / unit;
  }

  /** The way back: where a change of so many units leads. */
  double changed(int f, double from, double units) {
    return from + units * unit(f, from);
  }

  private double unit(int f, double level) {
    double unit = Math.sqrt(square[f]);
    return unit > RELATIVE_FLOOR * Math.abs(level) + ABSOLUTE_FLOOR ? unit : 0;
  }
}
