package io.millrace.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** A row too long for one record of a changelog, kept in parts under the keys {@code name, part [4]}. */
public final class PartedRow {
  private final KeyValueStore<Bytes, byte[]> store;
  private final byte[] name;

  /** How many parts are stored, once that is known: to ask for one that is not there goes down to RocksDB. */
  private OptionalInt stored = OptionalInt.empty();

  public PartedRow(KeyValueStore<Bytes, byte[]> store, String name) {
    this.store = store;
    this.name = name.getBytes(StandardCharsets.UTF_8);
  }

  /** Takes the place of what was there. */
  public void save(List<byte[]> parts) {
    for (int part = 0; part < parts.size(); part++) {
      store.put(key(part), parts.get(part));
    }
    int before = stored.orElseGet(() -> load().size());
    for (int part = parts.size(); part < before; part++) {
      store.delete(key(part));
    }
    stored = OptionalInt.of(parts.size());
  }

  /** Takes the place of that part alone, or follows the last one. */
  public void save(int part, byte[] bytes) {
    stored = OptionalInt.empty();
    store.put(key(part), bytes);
  }

  /** Its parts, none when it was never saved. */
  public List<byte[]> load() {
    List<byte[]> parts = new ArrayList<>();
    for (byte[] part = store.get(key(0)); part != null; part = store.get(key(parts.size()))) {
      parts.add(part);
    }
    return parts;
  }

  private Bytes key(int part) {
    return Bytes.wrap(
        ByteBuffer.allocate(name.length + Integer.BYTES).put(name).putInt(part).array());
  }
}
