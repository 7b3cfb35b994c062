package io.millrace.tests.workers;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Consumer;

/** A topic whose records can be read some time after they were sent, as when their transaction has to be committed first. */
final class VirtualTopic {
  private record Sent(long visibleAt, Message message) {}

  private final Deque<Sent> records = new ArrayDeque<>();
  private final long delay;

  /** @param delay from sent to readable: milliseconds */
  VirtualTopic(long delay) {
    this.delay = delay;
  }

  void send(Collection<Message> messages, long now) {
    messages.forEach(message -> records.add(new Sent(now + delay, message)));
  }

  /** Everything that is readable by now, once. */
  void poll(long now, Consumer<Message> reader) {
    while (!records.isEmpty() && records.peek().visibleAt() <= now) {
      reader.accept(records.remove().message());
    }
  }

  boolean isEmpty() {
    return records.isEmpty();
  }
}
