package io.millrace.model.scoring;

import java.util.OptionalDouble;

/**
 * An event as the model takes it: mapped, checked, and without its key.
 *
 * @param time event time: milliseconds since 1970
 * @param seen when Kafka saw it (record time): milliseconds since 1970
 * @param features [D] raw units, none larger than {@link #LARGEST}
 * @param categories [K] id of each categorical field, 0 to V - 1; 0 is unknown
 * @param label what came true of it, 0 or 1 for the binary head, raw units within {@link #LARGEST} for regression; empty while that is unknown
 */
public record Observation(
    long time, long seen, double[] features, int[] categories, OptionalDouble label) {
  /** Features and labels of a larger size have no square, and so no spread, as a double. */
  public static final double LARGEST = 1e150;

  private static final int[] NO_CATEGORIES = new int[0];

  /** An event that is numbers and no more. */
  public Observation(long time, long seen, double[] features) {
    this(time, seen, features, NO_CATEGORIES, OptionalDouble.empty());
  }
}
