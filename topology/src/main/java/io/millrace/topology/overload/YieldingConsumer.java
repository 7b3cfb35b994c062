package io.millrace.topology.overload;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of one stream thread, with a gate before the windows. */
final class YieldingConsumer extends KafkaConsumer<byte[], byte[]> {
  private final WindowGate gate;

  YieldingConsumer(Map<String, Object> settings, WindowGate gate) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.gate = gate;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    return gate.around(this, () -> super.poll(timeout));
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    gate.disown(partitions);
    super.pause(partitions);
  }
}
