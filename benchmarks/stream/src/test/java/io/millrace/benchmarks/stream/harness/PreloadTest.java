package io.millrace.benchmarks.stream.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PreloadTest {
  private static final Load LOAD = new Load(2, 3, 0);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void allEventsAreSent() {
    Cluster.send(producer, "events", LOAD, 5);

    assertThat(producer.history()).hasSize(5);
  }

  @Test
  void theBrokersRefusalEndsIt() {
    MockProducer<byte[], byte[]> refusing =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized void flush() {
            errorNext(new KafkaStorageException("no space left on device"));
            errorNext(new TimeoutException("expired"));
          }
        };

    assertThatThrownBy(() -> Cluster.send(refusing, "events", LOAD, 2))
        .hasMessage("events not sent: topic=events, actual="
            + "org.apache.kafka.common.errors.KafkaStorageException: no space left on device."
            + " See the broker's log.");
  }

  @Test
  void noMoreAreSentAfterTheFirstRefusal() {
    MockProducer<byte[], byte[]> refusing =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            Future<RecordMetadata> sent = super.send(record, callback);
            errorNext(new KafkaStorageException("no space left on device"));
            return sent;
          }
        };

    assertThatThrownBy(() -> Cluster.send(refusing, "events", LOAD, 1000))
        .hasMessageContaining("no space left on device");
    assertThat(refusing.history()).hasSize(1);
  }
}
