package io.millrace.state.writeback;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store whose rows reach the one below when they are no longer used, when a range is read, or when Kafka Streams commits the store.
 *
 * <p>It stands below the changelog, which has every row at once. So it may hold rows back without a risk: what a crash takes from the
 * heap comes back from there, as it does for a RocksDB store whose newest rows were in a memtable.
 */
public final class WriteBackStore implements KeyValueStore<Bytes, byte[]> {
  /** So much of its share is given up at once, in one batch, where rows no longer fit. */
  private static final int EVICTED_PART = 16;

  /** RocksDB holds a batch outside of the heap until it is written. */
  private static final int BATCH_ROWS = 4096;

  private final KeyValueStore<Bytes, byte[]> below;
  private final CacheBudget budget;
  private final ChangelogWatch changelogs;
  private final CachedRows rows;
  private boolean hasShare;
  private int partition;
  private long accounted;

  WriteBackStore(
      KeyValueStore<Bytes, byte[]> below,
      CacheBudget budget,
      ChangelogWatch changelogs,
      Neighbours neighbours) {
    this.below = below;
    this.budget = budget;
    this.changelogs = changelogs;
    this.rows = new CachedRows(neighbours);
  }

  /**
   * Puts rows on the heap before the stores of another supplier, as many as the budget has room for.
   *
   * @param changelogs of the streams that will have these stores
   * @param neighbours which of them are used together
   */
  public static KeyValueBytesStoreSupplier before(
      KeyValueBytesStoreSupplier below,
      CacheBudget budget,
      ChangelogWatch changelogs,
      Neighbours neighbours) {
    if (budget.isEmpty()) {
      return below;
    }
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return below.name();
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return new WriteBackStore(below.get(), budget, changelogs, neighbours);
      }

      @Override
      public String metricsScope() {
        return below.metricsScope();
      }
    };
  }

  @Override
  public String name() {
    return below.name();
  }

  @Override
  public synchronized void init(StateStoreContext context, StateStore root) {
    below.init(context, root);
    if (!hasShare) {
      budget.join();
      hasShare = true;
      partition = context.taskId().partition();
      changelogs.enter(this, partition);
    }
  }

  @Override
  public synchronized byte[] get(Bytes key) {
    byte[] row = rows.find(key);
    if (row != null) {
      return row == CachedRows.DELETED ? null : row;
    }
    byte[] value = below.get(key);
    if (value != null) {
      rows.keep(key, value);
      fit();
    }
    return value;
  }

  @Override
  public synchronized void put(Bytes key, byte[] value) {
    rows.put(key, value);
    fit();
  }

  @Override
  public synchronized byte[] putIfAbsent(Bytes key, byte[] value) {
    byte[] there = get(key);
    if (there == null) {
      put(key, value);
    }
    return there;
  }

  @Override
  public synchronized void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> rows.put(entry.key, entry.value));
    fit();
  }

  @Override
  public synchronized byte[] delete(Bytes key) {
    byte[] there = get(key);
    if (there != null) {
      put(key, null);
    }
    return there;
  }

  private void fit() {
    account();
    long share = budget.share();
    long excess = budget.excess();
    if (excess > 0 && rows.bytes() > share) {
      long part = share / EVICTED_PART;
      writeBelow(rows.shrink(Math.max(share, rows.bytes() - excess) - part));
      account();
    }
    if (rows.unwritten() > budget.unwritten()) {
      writeBelow(null, null);
    }
  }

  /** Tells the budget what the rows take now. */
  private void account() {
    if (rows.bytes() != accounted) {
      budget.take(rows.bytes() - accounted);
      accounted = rows.bytes();
    }
  }

  private void writeBelow(List<KeyValue<Bytes, byte[]>> written) {
    for (int at = 0; at < written.size(); at += BATCH_ROWS) {
      below.putAll(written.subList(at, Math.min(written.size(), at + BATCH_ROWS)));
    }
  }

  private void writeBelow(Bytes from, Bytes to) {
    writeBelow(rows.written(from, to));
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    writeBelow(from, to);
    return below.range(from, to);
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
    writeBelow(from, to);
    return below.reverseRange(from, to);
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> all() {
    writeBelow(null, null);
    return below.all();
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> reverseAll() {
    writeBelow(null, null);
    return below.reverseAll();
  }

  @Override
  public synchronized <P extends Serializer<K>, K> KeyValueIterator<Bytes, byte[]> prefixScan(
      K prefix, P serializer) {
    writeBelow(null, null);
    return below.prefixScan(prefix, serializer);
  }

  @Override
  public synchronized long approximateNumEntries() {
    writeBelow(null, null);
    return below.approximateNumEntries();
  }

  @Override
  public synchronized <R> QueryResult<R> query(
      Query<R> query, PositionBound bound, QueryConfig config) {
    writeBelow(null, null);
    return below.query(query, bound, config);
  }

  @Override
  public Position getPosition() {
    return below.getPosition();
  }

  /** Everything is below now. Rows stay if there will be word of what changes there. */
  @Override
  public synchronized void commit(Map<TopicPartition, Long> changelogOffsets) {
    writeBelow(null, null);
    if (!changelogs.isAttached()) {
      clear();
    }
    below.commit(changelogOffsets);
  }

  /** From now on the store below has rows that this one has not seen. */
  synchronized void forget() {
    writeBelow(null, null);
    clear();
  }

  private void clear() {
    rows.clear();
    account();
  }

  @Override
  public Long committedOffset(TopicPartition partition) {
    return below.committedOffset(partition);
  }

  /** Deprecated from the start, for every store is to do so one day; until then one has to say it. */
  @Override
  @SuppressWarnings("deprecation")
  public boolean managesOffsets() {
    return below.managesOffsets();
  }

  @Override
  public boolean persistent() {
    return below.persistent();
  }

  @Override
  public boolean isOpen() {
    return below.isOpen();
  }

  /** What was not committed goes: Kafka Streams commits a store before it closes it, unless its rows are not to be believed. */
  @Override
  public synchronized void close() {
    if (hasShare) {
      changelogs.leave(this, partition);
      budget.leave();
      hasShare = false;
    }
    clear();
    below.close();
  }
}
