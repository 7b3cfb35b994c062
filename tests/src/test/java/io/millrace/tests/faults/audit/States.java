package io.millrace.tests.faults.audit;

import io.millrace.model.scoring.KeyState;
import io.millrace.serde.CorruptStateException;
import io.millrace.serde.KeyStateCodec;
import io.millrace.tests.faults.site.Tail;
import io.millrace.topology.config.MillraceConfig;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The key states as a restart would restore them: the newest committed row of each key in the changelog. */
final class States implements AutoCloseable {
  private final Tail changelog;
  private final KeyStateCodec codec;
  private final boolean withWindows;
  private final Map<Bytes, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();

  /** @param withWindows whether a row says where its key's open window begins, which is free: it is then left out of the comparison */
  States(Tail changelog, MillraceConfig config, boolean withWindows) {
    this.changelog = changelog;
    this.codec = new KeyStateCodec(config.modelSpec(), config.stateEncoding());
    this.withWindows = withWindows;
  }

  void fetch() {
    changelog.next().forEach(row -> {
      if (row.value() == null) {
        newest.remove(Bytes.wrap(row.key()));
      } else {
        newest.put(Bytes.wrap(row.key()), row);
      }
    });
  }

  Map<Bytes, ConsumerRecord<byte[], byte[]>> newest() {
    return newest;
  }

  void compare(Map<Integer, Undisturbed> partitions, Findings findings) {
    Map<Bytes, byte[]> expected = new HashMap<>();
    for (Undisturbed partition : partitions.values()) {
      try (KeyValueIterator<Bytes, byte[]> rows = partition.states().all()) {
        while (rows.hasNext()) {
          KeyValue<Bytes, byte[]> row = rows.next();
          expected.put(row.key, row.value);
        }
      }
    }
    expected.forEach((key, row) -> {
      byte[] actual =
          Optional.ofNullable(newest.get(key)).map(ConsumerRecord::value).orElse(null);
      if (actual == null || !Arrays.equals(comparable(row), comparable(actual))) {
        findings.mismatch("key state differs: key=" + key + ", actual="
            + (actual == null ? "missing" : "other bytes"));
      }
    });
    newest.keySet().stream()
        .filter(key -> !expected.containsKey(key))
        .forEach(key -> findings.mismatch("key state of a key without events: key=" + key));
  }

  private byte[] comparable(byte[] row) {
    if (!withWindows) {
      return row;
    }
    try {
      return codec.encode(codec.decode(row).withWindowStart(KeyState.NO_WINDOW));
    } catch (CorruptStateException e) {
      return row; // damaged, and its key has not come by since
    }
  }

  @Override
  public void close() {
    changelog.close();
  }
}
