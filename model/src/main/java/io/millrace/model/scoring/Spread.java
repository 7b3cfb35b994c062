package io.millrace.model.scoring;

/**
 * Where a quantity usually lies and how far it strays: the unit in which a network sees it.
 *
 * @param mean raw units
 * @param variance raw units squared
 */
public record Spread(double mean, double variance) {
  public static final Spread NONE = new Spread(0, 0);

  /** A spread below this part of the level is rounding, not signal. */
  private static final double RELATIVE_FLOOR = 1e-6;

  private static final double ABSOLUTE_FLOOR = 1e-12;

  /** After one more value; {@code count} is the number of those before it. From {@code horizon} values on, older ones fade. */
  Spread after(long count, double value, double horizon) {
    double weight = Math.max(1.0 / (count + 1), 1 / horizon);
    double delta = value - mean;
    return new Spread(mean + weight * delta, (1 - weight) * (variance + weight * delta * delta));
  }

  /** How many deviations a value lies from the mean; 0 while there is no unit. */
  double inUnits(double value) {
    double unit = unit();
    return unit == 0 ? 0 : (value - mean) / unit;
  }

  /** The way back: the value that lies so many deviations from the mean. */
  double valueAt(double units) {
    return mean + units * unit();
  }

  private double unit() {
    double unit = Math.sqrt(variance);
    return unit > RELATIVE_FLOOR * Math.abs(mean) + ABSOLUTE_FLOOR ? unit : 0;
  }
}
