package io.millrace.topology.merge;

import io.millrace.model.ModelSpec;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.ImportAssembly;
import io.millrace.serde.ImportPart;
import io.millrace.serde.ImportedWeights;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableWeightsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of an import that is not whole yet, for they may be spread over several commits. They share the updates' topic, so that
 * there is one order of all that the merge hears, and the updates' store.
 *
 * <pre>
 *   key    -1 [4], number of the import [8], part [4], big-endian: behind every worker's
 *   value  the part's bytes
 * </pre>
 */
public final class ImportInbox {
  private static final Logger LOG = LoggerFactory.getLogger(ImportInbox.class);
  private static final int NO_WORKER = -1;

  private final KeyValueStore<Bytes, byte[]> store;
  private final ImportAssembly assembly;

  ImportInbox(KeyValueStore<Bytes, byte[]> store, ModelSpec spec) {
    this.store = store;
    this.assembly = new ImportAssembly(spec);
    restore();
  }

  /** An import of which a row cannot be believed never becomes whole: whoever waits for it begins again. */
  private void restore() {
    try (KeyValueIterator<Bytes, byte[]> rows = rows()) {
      rows.forEachRemaining(row -> assembly.add(assembly.read(row.value)));
    } catch (UnusableWeightsException
        | CorruptLearnerException
        | UndecodableException
        | UnknownSchemaException e) {
      LOG.error("{} An import that was not whole is given up.", e.getMessage());
      release();
    }
  }

  /** The key of a part's record in the updates' topic. */
  public static byte[] recordKey(String model, int part) {
    return (recordKeys(model) + part).getBytes(StandardCharsets.UTF_8);
  }

  private static String recordKeys(String model) {
    return model + "/import/";
  }

  static boolean isImport(byte[] recordKey, String model) {
    return recordKey != null
        && new String(recordKey, StandardCharsets.UTF_8).startsWith(recordKeys(model));
  }

  /**
   * @return the import that this part completes
   * @throws RuntimeException of the assembly's, when it cannot be believed
   */
  Optional<ImportedWeights> add(byte[] bytes) {
    ImportPart part = assembly.read(bytes);
    store.put(key(part.number(), part.part()), bytes);
    return assembly.add(part);
  }

  /** Forgets all parts: what is whole is being published, and what another import broke into never will be. */
  void release() {
    List<Bytes> done = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = rows()) {
      rows.forEachRemaining(row -> done.add(row.key));
    }
    done.forEach(store::delete);
  }

  private KeyValueIterator<Bytes, byte[]> rows() {
    return store.range(key(0, 0), key(Long.MAX_VALUE, Integer.MAX_VALUE));
  }

  private static Bytes key(long number, int part) {
    return Bytes.wrap(ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES)
        .putInt(NO_WORKER)
        .putLong(number)
        .putInt(part)
        .array());
  }
}
