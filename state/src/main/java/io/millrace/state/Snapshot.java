package io.millrace.state;

import io.millrace.serde.CorruptLearnerException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one row of a store that holds a whole state, in parts, as it was when it was last saved.
 *
 * @param <T> the state
 */
public final class Snapshot<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  private final PartedRow row;
  private final Function<T, List<byte[]>> encode;
  private final Function<List<byte[]>, T> decode;
  private final String remedy;

  /**
   * @param name of the row
   * @param decode throws {@link CorruptLearnerException} for what cannot be believed
   * @param remedy what happens then, a sentence for the log
   */
  public Snapshot(
      KeyValueStore<Bytes, byte[]> store,
      String name,
      Function<T, List<byte[]>> encode,
      Function<List<byte[]>, T> decode,
      String remedy) {
    this.row = new PartedRow(store, name);
    this.encode = encode;
    this.decode = decode;
    this.remedy = remedy;
  }

  public void save(T state) {
    save(encoded(state));
  }

  /** The row that a state would be, for {@link #save(List)}; does not touch the store, so that another thread may do it. */
  public List<byte[]> encoded(T state) {
    return encode.apply(state);
  }

  /** @param encoded by {@link #encoded} */
  public void save(List<byte[]> encoded) {
    row.save(encoded);
  }

  /** Empty where there is none, or none that can be believed. */
  public Optional<T> load() {
    List<byte[]> parts = row.load();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode.apply(parts));
    } catch (CorruptLearnerException e) {
      LOG.error("{} {}", e.getMessage(), remedy);
      return Optional.empty();
    }
  }
}
