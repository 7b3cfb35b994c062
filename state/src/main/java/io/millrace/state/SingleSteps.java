package io.millrace.state;

import io.millrace.model.scoring.KeyState;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.OpenWindowCodec.Head;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** A row for every step, which can be read and replaced by itself. */
final class SingleSteps implements StepRows {
  private final OpenWindowCodec codec;
  private final SlotRows<StoredStep> rows;

  SingleSteps(KeyValueStore<Bytes, byte[]> store, OpenWindowCodec codec) {
    this.codec = codec;
    this.rows = new SlotRows<>(store, 1, codec::decodeStep, StoredStep::number);
  }

  @Override
  public KeyState append(
      byte[] key, int slot, KeyState before, StoredStep step, KeyState after, boolean fills) {
    put(key, slot, step);
    return after;
  }

  void put(byte[] key, int slot, StoredStep step) {
    rows.put(key, slot, codec.encode(step));
  }

  /** Empty where the row is another step's, or none that can be believed. */
  Optional<StoredStep> find(byte[] key, int slot, long number) {
    return rows.get(key, slot, number);
  }

  @Override
  public Optional<StoredWindow> read(byte[] key, Head head, KeyState newest) {
    int length = (int) (newest.steps() - head.firstStep());
    return rows.exactly(key, head.firstStep(), length).map(steps -> new StoredWindow(head, steps));
  }

  @Override
  public int count(byte[] key, Head head) {
    return rows.all(key, head.firstStep()).size();
  }

  @Override
  public void delete(byte[] key) {
    rows.delete(key);
  }
}
