package io.millrace.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is told to keep our stores.
 *
 * <p>Bounds the memory of all RocksDB stores of a process together: by default Kafka Streams grants 50 MiB of block cache and 48
 * MiB of memtables to every store of every partition, without a sum.
 *
 * <p>A row that every event of its key writes over gathers versions in the memtable, which gets have to pass and flushes to drop. Updated
 * in place, where the new one is not longer, it has one.
 *
 * <p>Kafka Streams makes one of these per store by reflection, so the shared cache has to be static. It is sized by the first
 * store of the process and lives as long as that.
 */
public final class BoundedRocksDB implements RocksDBConfigSetter {
  /** Bytes of memory for all stores together: blocks, indexes, filters and memtables. */
  public static final String MEMORY_BYTES = "rocksdb.memory.bytes";

  /** Bytes of that which memtables may take. */
  public static final String MEMTABLE_BYTES = "rocksdb.memtable.bytes";

  /** Name of the store whose rows are updated in place. It must not be read backwards, and not by ranges from another thread. */
  public static final String IN_PLACE_STORE = "rocksdb.in.place.store";

  private static final double HIGH_PRIORITY_PART = 0.1;

  private static Cache cache;
  private static WriteBufferManager memtables;

  private static synchronized void shareMemory(long total, long forMemtables) {
    if (cache == null) {
      cache = new LRUCache(total, -1, false, HIGH_PRIORITY_PART);
      memtables = new WriteBufferManager(forMemtables, cache);
    }
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    shareMemory(bytes(configs, MEMORY_BYTES), bytes(configs, MEMTABLE_BYTES));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    // Without these two, indexes and filters grow outside the bound.
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memtables);
    if (storeName.equals(configs.get(IN_PLACE_STORE))) {
      options.setInplaceUpdateSupport(true);
      options.setAllowConcurrentMemtableWrite(
          false); // RocksDB refuses both; a store has one writer
    }
  }

  private static long bytes(Map<String, Object> configs, String name) {
    Object value = configs.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "store memory rejected: field=" + name + ", actual=missing.");
    }
    return Long.parseLong(value.toString());
  }

  /** Nothing to close: what a store uses here belongs to all of them. */
  @Override
  public void close(String storeName, Options options) {}
}
