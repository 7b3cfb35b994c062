package io.millrace.topology.demo;

import io.millrace.schemas.Update;
import io.millrace.schemas.Weights;
import io.millrace.schemas.WorkerSequence;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Time from a window being cut to the first readable score by weights that learned from it, followed through the topics: the window
 * to the update that holds it, the update to the version that holds that, the version to the first score that it, or a later
 * one, made.
 */
final class Freshness {
  private final Latency latency;
  private final Map<Integer, Queue<Window>> windows = new HashMap<>();
  private final Map<Integer, Queue<Sent>> updates = new HashMap<>();
  private final Queue<Learned> learned = new ArrayDeque<>();

  /** By version, when the first score that it made could be read. */
  private final TreeMap<Long, Long> firstScores = new TreeMap<>();

  /** A window and when the event that cut it was due. */
  private record Window(long offset, long due) {}

  private record Sent(long sequence, long newestWindow) {}

  /** A version, and when the newest event of a window in it was due. */
  private record Learned(long version, long due) {}

  /** @param startMillis when the first event is due */
  Freshness(long startMillis) {
    this.latency = new Latency(startMillis);
  }

  void cut(int partition, long offset, long due) {
    windows.computeIfAbsent(partition, p -> new ArrayDeque<>()).add(new Window(offset, due));
  }

  void sent(Update update) {
    if (update.getPart() == 0) {
      updates
          .computeIfAbsent(update.getWorker(), w -> new ArrayDeque<>())
          .add(new Sent(update.getSequence(), update.getNewestWindow()));
    }
  }

  void merged(Weights weights) {
    if (weights.getPart() == 0) {
      weights.getMerged().forEach(worker -> merged(worker, weights.getVersion()));
    }
  }

  private void merged(WorkerSequence worker, long version) {
    Queue<Sent> sent = updates.getOrDefault(worker.getWorker(), new ArrayDeque<>());
    Queue<Window> waiting = windows.getOrDefault(worker.getWorker(), new ArrayDeque<>());
    while (!sent.isEmpty() && sent.peek().sequence() <= worker.getSequence()) {
      long newest = sent.remove().newestWindow();
      while (!waiting.isEmpty() && waiting.peek().offset() <= newest) {
        learned.add(new Learned(version, waiting.remove().due()));
      }
    }
  }

  void scored(long version, long readable) {
    if (firstScores.isEmpty() || version > firstScores.lastKey()) {
      firstScores.put(version, readable);
    }
  }

  /** Counts what is settled by all that was told so far; the topics may be read in any order. */
  void settle() {
    while (!learned.isEmpty() && firstScores.ceilingEntry(learned.peek().version()) != null) {
      Learned window = learned.remove();
      latency.add(window.due(), firstScores.ceilingEntry(window.version()).getValue());
      firstScores.headMap(window.version()).clear();
    }
  }

  Latency latency() {
    return latency;
  }
}
