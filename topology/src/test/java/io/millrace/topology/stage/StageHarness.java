package io.millrace.topology.stage;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One task of a stage with its stores, which outlive its crashes. */
public final class StageHarness {
  private final Supplier<Processor<byte[], byte[], byte[], byte[]>> stage;
  private final File dir;
  private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new LinkedHashMap<>();
  private final List<byte[]> forwarded = new ArrayList<>();
  private MockProcessorContext<byte[], byte[]> context;
  private Processor<byte[], byte[], byte[], byte[]> processor;
  private long now = 1000;

  public StageHarness(
      Supplier<Processor<byte[], byte[], byte[], byte[]>> stage, File dir, String... stores) {
    this.stage = stage;
    this.dir = dir;
    newContext();
    for (String name : stores) {
      this.stores.put(name, store(name));
    }
    start();
  }

  private void newContext() {
    context = new MockProcessorContext<>(new Properties(), new TaskId(1, 0), dir);
    context.setCurrentSystemTimeMs(now);
    context.setCurrentStreamTimeMs(0);
  }

  private KeyValueStore<Bytes, byte[]> store(String name) {
    KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  private void start() {
    stores.values().forEach(context::addStateStore);
    processor = stage.get();
    processor.init(context);
  }

  /** What the task held in memory is gone. */
  public void crash() {
    newContext();
    start();
  }

  /** Sends one record, a millisecond after the last thing that happened. */
  public void send(byte[] value, long offset) {
    send(new byte[] {'k'}, value, offset);
  }

  public void send(byte[] key, byte[] value, long offset) {
    context.setRecordMetadata("topic", 0, offset);
    context.setCurrentSystemTimeMs(++now);
    processor.process(new Record<>(key, value, now));
    collect();
  }

  public void pass(Duration time) {
    now += time.toMillis();
    context.setCurrentSystemTimeMs(now);
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
    collect();
  }

  private void collect() {
    context.forwarded().forEach(forward -> forwarded.add(forward.record().value()));
    context.resetForwards();
  }

  /** All values ever forwarded. */
  public List<byte[]> forwarded() {
    return forwarded;
  }

  public KeyValueStore<Bytes, byte[]> store(int number) {
    return List.copyOf(stores.values()).get(number);
  }
}
