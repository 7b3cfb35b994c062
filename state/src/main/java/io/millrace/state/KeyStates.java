package io.millrace.state;

import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.KeyState;
import io.millrace.serde.CorruptStateException;
import io.millrace.serde.KeyStateCodec;
import io.millrace.serde.StateEncoding;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The typed face of the {@code key-states} store of one task. */
public final class KeyStates {
  private static final Logger LOG = LoggerFactory.getLogger(KeyStates.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final KeyStateCodec codec;
  private final ModelSpec spec;
  private final long ttl;
  private final Runnable onCorrupt;

  /**
   * @param encoding of the rows written; those of every other are read
   * @param ttl milliseconds of record time after which an unseen key is forgotten
   * @param onCorrupt told of every row that could not be believed
   */
  public KeyStates(
      KeyValueStore<Bytes, byte[]> store,
      ModelSpec spec,
      StateEncoding encoding,
      long ttl,
      Runnable onCorrupt) {
    this.store = store;
    this.codec = new KeyStateCodec(spec, encoding);
    this.spec = spec;
    this.ttl = ttl;
    this.onCorrupt = onCorrupt;
  }

  /**
   * What is remembered of a key. An expired row counts as none even where it still stands, so that a score does not depend on
   * when the sweep came by.
   *
   * @param streamTime the task's stream time: milliseconds since 1970
   */
  public KeyState loadOrFresh(byte[] key, long streamTime) {
    byte[] row = store.get(Bytes.wrap(key));
    if (row == null) {
      return KeyState.fresh(spec);
    }
    try {
      KeyState state = codec.decode(row);
      return isExpired(state, streamTime) ? KeyState.fresh(spec) : state;
    } catch (CorruptStateException e) {
      onCorrupt.run();
      LOG.warn("{} store={}, key={}", e.getMessage(), store.name(), Bytes.wrap(key));
      return KeyState.fresh(spec);
    }
  }

  /** The row of a key as it stands, expired or not; empty where there is none that can be believed. */
  public Optional<KeyState> find(byte[] key) {
    byte[] row = store.get(Bytes.wrap(key));
    try {
      return row == null ? Optional.empty() : Optional.of(codec.decode(row));
    } catch (CorruptStateException e) {
      return Optional.empty();
    }
  }

  public void save(byte[] key, KeyState state) {
    store.put(Bytes.wrap(key), codec.encode(state));
  }

  /** What will be found where this is saved: {@link StateEncoding} may round it. */
  KeyState asSaved(KeyState state) {
    return codec.decode(codec.encode(state));
  }

  boolean isExpired(KeyState state, long streamTime) {
    return streamTime - state.lastSeen() > ttl;
  }

  /** Whether a row may be deleted. One that cannot be read is left for its key to find, count and replace. */
  boolean isDisposable(byte[] row, long streamTime) {
    try {
      return isExpired(codec.decode(row), streamTime);
    } catch (CorruptStateException e) {
      return false;
    }
  }

  KeyValueStore<Bytes, byte[]> store() {
    return store;
  }
}
