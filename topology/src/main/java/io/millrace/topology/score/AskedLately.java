package io.millrace.topology.score;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which texts an id was asked for lately: the answer takes a while, and a text may come many times until then. Bounded. */
final class AskedLately {
  /** An answer that has not come by then got lost, with the transaction that asked for it, say. */
  private static final long AGAIN_MS = 1000;

  private static final int MOST = 4096;

  /** In the order of their times. */
  private final Map<Asked, Long> times = new LinkedHashMap<>();

  private record Asked(int field, String text) {}

  /**
   * Whether to ask now; if so, that is remembered. Nobody asks where that many are waiting already: the text will come again.
   *
   * @param now milliseconds
   */
  boolean isDue(int field, String text, long now) {
    forgetUntil(now - AGAIN_MS);
    return times.size() < MOST && times.putIfAbsent(new Asked(field, text), now) == null;
  }

  private void forgetUntil(long limit) {
    Iterator<Long> oldest = times.values().iterator();
    while (oldest.hasNext() && oldest.next() <= limit) {
      oldest.remove();
    }
  }
}
