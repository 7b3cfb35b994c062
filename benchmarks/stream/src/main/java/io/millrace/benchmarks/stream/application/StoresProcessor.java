package io.millrace.benchmarks.stream.application;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads and writes a row at every event, and sends as many bytes as a score has. */
final class StoresProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final byte[] firstRow;
  private final byte[] score;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;

  /**
   * @param firstRow of a key; later ones are as long
   * @param score sent for every event
   */
  StoresProcessor(byte[] firstRow, byte[] score) {
    this.firstRow = firstRow;
    this.score = score;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.store = context.getStateStore(Topologies.STORE);
  }

  @Override
  public void process(Record<byte[], byte[]> in) {
    Bytes key = Bytes.wrap(in.key());
    byte[] before = store.get(key);
    byte[] after = before == null ? firstRow.clone() : before;
    ByteBuffer row = ByteBuffer.wrap(after);
    row.putLong(0, row.getLong(0) + 1);
    store.put(key, after);
    context.forward(in.withValue(score));
  }
}
