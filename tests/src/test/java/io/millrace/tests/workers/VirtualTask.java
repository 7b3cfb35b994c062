package io.millrace.tests.workers;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A processor as the task of one partition would run it, on a clock of the test's own.
 *
 * @param <T> of what it forwards: bytes, or nothing
 */
final class VirtualTask<T> {
  private final MockProcessorContext<T, T> context;
  private final Processor<byte[], byte[], T, T> processor;
  private long offset;

  VirtualTask(
      Processor<byte[], byte[], T, T> processor, int partition, File dir, String... stores) {
    this.context = new MockProcessorContext<>(new Properties(), new TaskId(0, partition), dir);
    this.processor = processor;
    context.setCurrentSystemTimeMs(0);
    context.setCurrentStreamTimeMs(0);
    for (String name : stores) {
      KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
    }
    processor.init(context);
  }

  /** @return what it forwarded, in order */
  List<Message> process(byte[] key, byte[] value, long now) {
    context.setRecordMetadata("topic", 0, offset++);
    context.setCurrentSystemTimeMs(now);
    context.setCurrentStreamTimeMs(now);
    processor.process(new Record<>(key, value, now));
    return forwarded();
  }

  /** @return what it forwarded, in order */
  List<Message> punctuate(long now) {
    context.setCurrentSystemTimeMs(now);
    context
        .scheduledPunctuators()
        .forEach(scheduled -> scheduled.getPunctuator().punctuate(now));
    return forwarded();
  }

  private List<Message> forwarded() {
    List<Message> records = new ArrayList<>();
    for (CapturedForward<? extends T, ? extends T> captured : context.forwarded()) {
      Object key = captured.record().key();
      Object value = captured.record().value();
      records.add(new Message((byte[]) key, (byte[]) value));
    }
    context.resetForwards();
    return records;
  }
}
