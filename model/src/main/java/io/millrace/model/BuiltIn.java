package io.millrace.model;

/** Inputs that every event has, whatever the user sends: they come from its time. */
public enum BuiltIn {
  /** {@code log1p} of the seconds since the key's last event, scaled to about -1 to 1. */
  TIME_GAP("gap", 1),
  /** Sine and cosine of the time of day: UTC, event time. */
  HOUR_OF_DAY("hour", 2),
  /** Sine and cosine of the time of the week: UTC, event time. */
  DAY_OF_WEEK("day", 2);

  private final String shortName;
  private final int columns;

  BuiltIn(String shortName, int columns) {
    this.shortName = shortName;
    this.columns = columns;
  }

  /** As in a model's signature. */
  String shortName() {
    return shortName;
  }

  /** How many numeric columns of a row it takes. */
  public int columns() {
    return columns;
  }
}
