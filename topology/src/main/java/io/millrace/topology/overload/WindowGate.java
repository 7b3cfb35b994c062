package io.millrace.topology.overload;

import io.millrace.topology.metrics.YieldMeters;
import io.millrace.topology.metrics.YieldMeters.Reason;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps windows in their topic while a stream thread has more urgent work, by pausing their partitions for the length of a poll. Kafka
 * Streams processes all that a poll returned before it polls again, so one poll is all that is learned after the gate has closed. A
 * partition that Kafka Streams pauses itself is left to it. One thread.
 */
final class WindowGate {
  private final String events;
  private final String windows;
  private final LearnLoad load;
  private final YieldMeters meters;
  private final YieldRule rule;
  private final Set<TopicPartition> held = new HashSet<>();
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private long polledAt;

  WindowGate(String events, String windows, LearnLoad load, YieldMeters meters) {
    this.events = events;
    this.windows = windows;
    this.load = load;
    this.meters = meters;
    this.rule = new YieldRule(load.settings());
    this.polledAt = load.now();
  }

  /** Polls with those windows held back that have to wait. */
  ConsumerRecords<byte[], byte[]> around(
      Consumer<byte[], byte[]> consumer, Supplier<ConsumerRecords<byte[], byte[]>> poll) {
    long now = load.now();
    reasons.forEach(reason -> meters.waited(reason, now - polledAt));
    polledAt = now;
    release(consumer); // what a poll that failed has left
    hold(consumer, rule.mustWait(now, load.learned()));
    ConsumerRecords<byte[], byte[]> records = poll.get();
    release(consumer);
    learnEnds(consumer, records);
    rule.observe(isBehind(consumer), load.now(), load.learned());
    return records;
  }

  /** These are Kafka Streams' own from now on, to be resumed by it alone. */
  void disown(Collection<TopicPartition> partitions) {
    held.removeAll(partitions);
  }

  private void hold(Consumer<byte[], byte[]> consumer, boolean scorerFirst) {
    reasons.clear();
    Set<TopicPartition> holding = new HashSet<>();
    for (TopicPartition partition : running(consumer)) {
      if (partition.topic().equals(windows)) {
        boolean full = load.isFull(partition.partition());
        if (full || scorerFirst) {
          holding.add(partition);
          reasons.add(full ? Reason.PENDING_FULL : Reason.SCORER_BEHIND);
        }
      }
    }
    consumer.pause(holding);
    held.addAll(holding);
  }

  private static Set<TopicPartition> running(Consumer<byte[], byte[]> consumer) {
    Set<TopicPartition> running = new HashSet<>(consumer.assignment());
    running.removeAll(consumer.paused());
    return running;
  }

  private void release(Consumer<byte[], byte[]> consumer) {
    held.retainAll(consumer.assignment());
    consumer.resume(held);
    held.clear();
  }

  private boolean isBehind(Consumer<byte[], byte[]> consumer) {
    return running(consumer).stream()
        .filter(partition -> partition.topic().equals(events))
        .anyMatch(partition -> consumer.currentLag(partition).orElse(0) > 0);
  }

  private void learnEnds(
      Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      if (partition.topic().equals(windows)) {
        ConsumerRecord<byte[], byte[]> last =
            records.records(partition).get(records.records(partition).size() - 1);
        load.end(
            partition.partition(),
            last.offset() + 1 + consumer.currentLag(partition).orElse(0));
      }
    }
  }
}
