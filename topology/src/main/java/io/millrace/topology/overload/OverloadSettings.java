package io.millrace.topology.overload;

import java.time.Duration;

/**
 * How the learner makes room.
 *
 * @param share of a stream thread's time that it may take while the scorer on that thread is behind, in (0, 1]; at 1 it never yields
 * @param after how long the scorer has been behind before the learner yields
 * @param maxPending windows that a learn task holds before further ones wait in their topic
 * @param maxLag newer windows that may wait behind one before it is skipped; 0: none is skipped
 */
public record OverloadSettings(double share, Duration after, long maxPending, long maxLag) {
  public OverloadSettings {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("settings rejected: field=learn.share, expected=in (0, 1],"
          + " actual=" + share + ". Choose one that leaves the learner some time.");
    }
  }
}
