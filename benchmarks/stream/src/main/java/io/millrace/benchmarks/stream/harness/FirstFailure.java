package io.millrace.benchmarks.stream.harness;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Why the first record was refused that a producer could not send; the refusals after it mostly follow from it. */
public final class FirstFailure implements Callback {
  private final AtomicReference<Exception> first = new AtomicReference<>();

  @Override
  public void onCompletion(RecordMetadata metadata, Exception refusal) {
    if (refusal != null) {
      first.compareAndSet(null, refusal);
    }
  }

  /** @throws IllegalStateException with the refusal, where there was one */
  public void requireNone(String topic) {
    Exception refusal = first.get();
    if (refusal != null) {
      throw new IllegalStateException(
          "events not sent: topic=" + topic + ", actual=" + refusal + ". See the broker's log.",
          refusal);
    }
  }
}
