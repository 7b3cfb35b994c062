package io.millrace.tests.faults.audit;

import io.millrace.tests.faults.site.Tail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One topic on its way into the audit. Topics that were written in one transaction become readable one after the other, so a record
 * waits until what it stands on has been seen; those behind it in its partition wait with it.
 */
final class Inlet implements AutoCloseable {
  private final Tail tail;
  private final Predicate<ConsumerRecord<byte[], byte[]>> isDue;
  private final Consumer<ConsumerRecord<byte[], byte[]>> taker;
  private final Map<Integer, Deque<ConsumerRecord<byte[], byte[]>>> queues = new TreeMap<>();

  Inlet(
      Tail tail,
      Predicate<ConsumerRecord<byte[], byte[]>> isDue,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    this.tail = tail;
    this.isDue = isDue;
    this.taker = taker;
  }

  void fetch() {
    tail.next()
        .forEach(record -> queues
            .computeIfAbsent(record.partition(), partition -> new ArrayDeque<>())
            .add(record));
  }

  /** @return whether there was one that was due */
  boolean takeDue() {
    boolean any = false;
    for (Deque<ConsumerRecord<byte[], byte[]>> queue : queues.values()) {
      while (!queue.isEmpty() && isDue.test(queue.peek())) {
        taker.accept(queue.remove());
        any = true;
      }
    }
    return any;
  }

  /** Takes one that will never be due, for the findings. */
  boolean takeAny() {
    for (Deque<ConsumerRecord<byte[], byte[]>> queue : queues.values()) {
      if (!queue.isEmpty()) {
        taker.accept(queue.remove());
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return queues.values().stream().allMatch(Deque::isEmpty);
  }

  @Override
  public void close() {
    tail.close();
  }
}
