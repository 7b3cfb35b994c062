package io.millrace.serde;

import java.util.List;

/**
 * Consecutive steps of a window, as the rows of their events: of a lazy head, these are all that the window needs of them.
 *
 * @param number of the first in its key's life
 * @param events one for each step, in order
 */
public record StepGroup(long number, List<Event> events) {

  /**
   * An event as the network is fed it.
   *
   * @param time milliseconds since 1970
   * @param row [R]
   */
  public record Event(long time, float[] row) {}
}
