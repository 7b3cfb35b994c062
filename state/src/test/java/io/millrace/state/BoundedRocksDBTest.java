package io.millrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

class BoundedRocksDBTest {
  private static final long SEED = 41;
  private static final int KEYS = 50;
  private static final int LONGEST = 400;

  @TempDir
  private Path dir;

  @Test
  void onlyTheStoreOfManyVersionsIsUpdatedInPlace() {
    try (Options keyStates = options("key-states");
        Options others = options("open-windows")) {
      assertThat(keyStates.inplaceUpdateSupport()).isTrue();
      assertThat(others.inplaceUpdateSupport()).isFalse();
    }
  }

  @Test
  void rowsUpdatedInPlaceReadAsTheirNewestWhateverBecameOfThem() throws RocksDBException {
    SplittableRandom random = new SplittableRandom(SEED);
    TreeMap<Byte, byte[]> expected = new TreeMap<>();
    try (Options options = options("key-states").setCreateIfMissing(true);
        RocksDB store = RocksDB.open(options, dir.toString())) {
      for (int n = 0; n < 5000; n++) {
        byte key = (byte) random.nextInt(KEYS);
        int dice = random.nextInt(1000);
        if (dice < 100) {
          store.delete(new byte[] {key});
          expected.remove(key);
        } else {
          byte[] row = new byte[random.nextInt(LONGEST)];
          Arrays.fill(row, (byte) n);
          store.put(new byte[] {key}, row);
          expected.put(key, row);
        }
        if (dice >= 998) {
          store.flush(new FlushOptions());
        }
        assertThat(store.get(new byte[] {key})).isEqualTo(expected.get(key));
      }
      assertThat(rows(store)).as("seed %d", SEED).containsExactlyEntriesOf(texts(expected));
    }
  }

  private static Options options(String store) {
    Options options = new Options().setTableFormatConfig(new BlockBasedTableConfig());
    Map<String, Object> configs = new HashMap<>();
    configs.put(BoundedRocksDB.MEMORY_BYTES, 8L << 20);
    configs.put(BoundedRocksDB.MEMTABLE_BYTES, 1L << 20);
    configs.put(BoundedRocksDB.IN_PLACE_STORE, "key-states");
    new BoundedRocksDB().setConfig(store, options, configs);
    return options;
  }

  private static TreeMap<Byte, String> rows(RocksDB store) {
    TreeMap<Byte, String> rows = new TreeMap<>();
    try (RocksIterator iterator = store.newIterator()) {
      for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
        rows.put(iterator.key()[0], Arrays.toString(iterator.value()));
      }
    }
    return rows;
  }

  private static TreeMap<Byte, String> texts(TreeMap<Byte, byte[]> rows) {
    TreeMap<Byte, String> texts = new TreeMap<>();
    rows.forEach((key, row) -> texts.put(key, Arrays.toString(row)));
    return texts;
  }
}
