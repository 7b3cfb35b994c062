package io.millrace.state.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class WriteBackStoreTest {
  private static final int KEYS = 60;
  private static final int LONGEST = 100;
  private static final int SAME_FIRST_BYTE = 4;
  private static final int SEEDS = 20;
  private static final long ROOM_FOR_ALL = 1 << 20;
  private static final Neighbours ALL = key -> true;
  private static final Neighbours EVERY_OTHER = key -> key[0] % 2 == 0;

  private final KeyValueStore<Bytes, byte[]> below =
      Stores.inMemoryKeyValueStore("rows").get();

  @Test
  void readsAsAStoreWithoutACacheWhateverFitsIt() {
    for (int seed = 0; seed < SEEDS; seed++) {
      for (Neighbours neighbours : List.of(Neighbours.NONE, ALL, EVERY_OTHER)) {
        readsAsAStoreWithoutACache(seed, ROOM_FOR_ALL, neighbours);
        readsAsAStoreWithoutACache(seed, 20 * Page.OVERHEAD_BYTES, neighbours);
        readsAsAStoreWithoutACache(seed, 1, neighbours);
      }
    }
  }

  private void readsAsAStoreWithoutACache(int seed, long bytes, Neighbours neighbours) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<Bytes, byte[]> expected = new TreeMap<>();
    KeyValueStore<Bytes, byte[]> store =
        before(Stores.inMemoryKeyValueStore("rows").get(), CacheBudget.of(bytes), neighbours);
    for (int n = 0; n < 2_000; n++) {
      Bytes key = key(random.nextInt(KEYS));
      byte[] row = new byte[random.nextInt(LONGEST)];
      Arrays.fill(row, (byte) n);
      switch (random.nextInt(12)) {
        case 0 -> assertThat(store.delete(key)).isEqualTo(expected.remove(key));
        case 1 -> assertThat(store.putIfAbsent(key, row)).isEqualTo(expected.putIfAbsent(key, row));
        case 2 -> {
          store.putAll(List.of(KeyValue.pair(key, row), KeyValue.pair(key(0), null)));
          expected.put(key, row);
          expected.remove(key(0));
        }
        case 3 -> store.commit(Map.of());
        case 4 -> {
          Bytes from = key(random.nextInt(KEYS));
          Bytes to = key(from.get()[Integer.BYTES - 1] + random.nextInt(KEYS));
          NavigableMap<Bytes, byte[]> part = expected.subMap(from, true, to, true);
          assertThat(rows(store.range(from, to))).isEqualTo(texts(part));
          assertThat(rows(store.reverseRange(from, to))).isEqualTo(texts(part.descendingMap()));
          assertThat(rows(store.range(null, to))).isEqualTo(texts(expected.headMap(to, true)));
          assertThat(rows(store.range(from, null))).isEqualTo(texts(expected.tailMap(from, true)));
        }
        case 5, 6, 7 -> {
          store.put(key, row);
          expected.put(key, row);
        }
        default -> assertThat(store.get(key)).isEqualTo(expected.get(key));
      }
    }
    assertThat(rows(store.all())).as("seed %d, bytes %d", seed, bytes).isEqualTo(texts(expected));
    assertThat(rows(store.reverseAll())).isEqualTo(texts(expected.descendingMap()));
    assertThat(rows(store.prefixScan(key(7), new BytesSerializer())))
        .isEqualTo(texts(expected.subMap(key(7), true, key(7), true)));
    assertThat(store.approximateNumEntries()).isEqualTo(expected.size());
  }

  @Test
  void aRowIsNotWrittenBelowWhileItFits() {
    KeyValueStore<Bytes, byte[]> store = before(below, ROOM_FOR_ALL);
    store.put(key(1), new byte[1]);
    store.put(key(1), new byte[2]);
    store.put(key(5), new byte[3]);
    assertThat(rows(below.all())).isEmpty();
    store.range(key(4), key(6)).close();
    assertThat(below.get(key(1))).isNull();
    assertThat(below.get(key(5))).hasSize(3);
  }

  @Test
  void rowsThatWereUsedStay() {
    long rowBytes = rowBytes();
    CachedRows rows = new CachedRows(Neighbours.NONE);
    for (int n = 0; n < KEYS; n++) {
      rows.put(key(n), new byte[LONGEST]);
    }
    for (int n = 0; n < KEYS / 2; n++) {
      rows.find(key(n));
    }
    rows.written(key(KEYS - 12), null);
    assertThat(rows.shrink(KEYS / 2 * rowBytes))
        .extracting(row -> row.key)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(KEYS / 2, KEYS - 12)
            .mapToObj(WriteBackStoreTest::key)
            .toList());
    assertThat(rows.bytes()).isEqualTo(KEYS / 2 * rowBytes);
    rows.put(key(5), null);
    assertThat(rows.bytes()).isEqualTo(KEYS / 2 * rowBytes - LONGEST);
  }

  @Test
  void manyRowsAreBelowOnceTheyNoLongerFit() {
    KeyValueStore<Bytes, byte[]> store = before(below, 10 * Page.OVERHEAD_BYTES);
    for (int n = 0; n < KEYS; n++) {
      store.put(key(n), new byte[] {(byte) n});
    }
    assertThat(below.approximateNumEntries()).isBetween(KEYS - 10L, KEYS - 1L);
    assertThat(store.get(key(0))).containsExactly(0);
  }

  @Test
  void noMoreRowsWaitToBeWrittenThanTheBudgetAllows() {
    KeyValueStore<Bytes, byte[]> store = before(below, CacheBudget.of(ROOM_FOR_ALL, 10));
    for (int n = 0; n < 10; n++) {
      store.put(key(n), new byte[1]);
    }
    assertThat(below.approximateNumEntries()).isZero();
    store.put(key(10), new byte[1]);
    assertThat(below.approximateNumEntries()).isEqualTo(11);
    store.put(key(10), new byte[2]);
    assertThat(below.get(key(10))).hasSize(1);
  }

  /** What a task's store goes through that becomes a standby and active again. */
  @Test
  void whatChangesBelowAfterACommitIsSeen() {
    KeyValueStore<Bytes, byte[]> store = before(below, ROOM_FOR_ALL);
    store.put(key(1), new byte[] {1});
    assertThat(store.get(key(1))).containsExactly(1);
    store.commit(Map.of());
    assertThat(below.get(key(1))).containsExactly(1);
    below.put(key(1), new byte[] {2});
    assertThat(store.get(key(1))).containsExactly(2);
  }

  @Test
  void storesShareTheBudgetEvenly() {
    CacheBudget budget = CacheBudget.of(100);
    assertThat(budget.share()).isEqualTo(100);
    budget.join();
    budget.join();
    assertThat(budget.share()).isEqualTo(50);
    budget.leave();
    assertThat(budget.share()).isEqualTo(100);
  }

  @Test
  void aStoreTakesWhatOthersLeaveAndGivesItBack() {
    long rowBytes = rowBytes();
    CacheBudget budget = CacheBudget.of(20 * rowBytes);
    KeyValueStore<Bytes, byte[]> other = Stores.inMemoryKeyValueStore("others").get();
    KeyValueStore<Bytes, byte[]> first = before(below, budget);
    KeyValueStore<Bytes, byte[]> second = before(other, budget);
    budget.join();
    budget.join();
    for (int n = 0; n < 20; n++) {
      first.put(key(n), new byte[LONGEST]);
    }
    assertThat(below.approximateNumEntries()).as("all the budget").isZero();
    for (int n = 0; n < 10; n++) {
      second.put(key(n), new byte[LONGEST]);
    }
    assertThat(other.approximateNumEntries()).as("its share").isZero();
    assertThat(budget.excess()).isPositive();
    first.put(key(0), new byte[LONGEST]);
    assertThat(below.approximateNumEntries()).as("given back").isBetween(10L, 11L);
    assertThat(budget.excess()).isNotPositive();
    first.close();
    second.close();
    assertThat(budget.excess()).isEqualTo(-20 * rowBytes);
  }

  @Test
  void aRowThatWasLetGoIsNotAmongThoseToBeWritten() {
    CachedRows rows = new CachedRows(Neighbours.NONE);
    for (int n = 0; n < 3 * KEYS; n++) {
      rows.put(key(n % 3), new byte[] {(byte) n});
      rows.shrink(0);
    }
    rows.put(key(1), new byte[] {7});
    assertThat(rows.unwritten()).isEqualTo(1);
    assertThat(rows.written(null, null)).singleElement().satisfies(row -> {
      assertThat(row.key).isEqualTo(key(1));
      assertThat(row.value).containsExactly(7);
    });
    assertThat(rows.unwritten()).isZero();
  }

  @Test
  void neighboursGoTogetherAndOnlyThoseThatChangedAreWritten() {
    CachedRows rows = new CachedRows(ALL);
    for (int n = 0; n < SAME_FIRST_BYTE; n++) {
      rows.put(key(n), new byte[] {(byte) n});
    }
    long together = rows.bytes();
    assertThat(together).isLessThan(SAME_FIRST_BYTE * rowBytes());
    assertThat(rows.written(null, null)).hasSize(SAME_FIRST_BYTE);
    rows.put(key(2), new byte[] {7});
    rows.put(key(3), null);
    rows.put(key(SAME_FIRST_BYTE), new byte[] {8});
    assertThat(rows.unwritten()).isEqualTo(3);
    List<KeyValue<Bytes, byte[]>> written = rows.shrink(0);
    assertThat(rows.find(key(0))).isNull();
    assertThat(rows.unwritten()).isZero();
    assertThat(written.stream().map(row -> text(row.key, row.value)))
        .containsExactlyInAnyOrder(
            text(key(2), new byte[] {7}),
            text(key(3), null),
            text(key(SAME_FIRST_BYTE), new byte[] {8}));
  }

  /** The last bytes of their keys go round after 256, where another page begins. */
  @Test
  void aPageIsAsLongAsItsRowsAreAndNoLonger() {
    CachedRows rows = new CachedRows(ALL);
    for (int n = 299; n >= 0; n--) {
      rows.put(slot(n), new byte[n]);
    }
    for (int n = 0; n < 300; n++) {
      rows.put(slot(n), new byte[] {(byte) n});
    }
    long small = rows.bytes();
    for (int n = 0; n < 300; n++) {
      assertThat(rows.find(slot(n))).containsExactly(n);
      rows.put(slot(n), null);
    }
    assertThat(rows.bytes()).isEqualTo(small - 300);
    assertThat(rows.unwritten()).isEqualTo(300);
  }

  private static Bytes slot(int number) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + 1).putInt(1, number).array());
  }

  @Test
  void withoutABudgetThereIsNoCache() {
    KeyValueBytesStoreSupplier plain = Stores.persistentKeyValueStore("rows");
    assertThat(WriteBackStore.before(plain, CacheBudget.of(0), new ChangelogWatch(), ALL))
        .isSameAs(plain);
  }

  private static KeyValueStore<Bytes, byte[]> before(
      KeyValueStore<Bytes, byte[]> below, long bytes) {
    return before(below, CacheBudget.of(bytes));
  }

  private static KeyValueStore<Bytes, byte[]> before(
      KeyValueStore<Bytes, byte[]> below, CacheBudget budget) {
    return before(below, budget, Neighbours.NONE);
  }

  private static KeyValueStore<Bytes, byte[]> before(
      KeyValueStore<Bytes, byte[]> below, CacheBudget budget, Neighbours neighbours) {
    KeyValueBytesStoreSupplier supplier = new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return below.name();
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return below;
      }

      @Override
      public String metricsScope() {
        return "rows";
      }
    };
    return WriteBackStore.before(supplier, budget, new ChangelogWatch(), neighbours)
        .get();
  }

  private static long rowBytes() {
    CachedRows rows = new CachedRows(Neighbours.NONE);
    rows.put(key(0), new byte[LONGEST]);
    return rows.bytes();
  }

  /** In the order of their numbers; as many as {@link #SAME_FIRST_BYTE} begin with the same byte. */
  private static Bytes key(int number) {
    int key = number / SAME_FIRST_BYTE << Byte.SIZE * 3 | number;
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(key).array());
  }

  private static List<String> rows(KeyValueIterator<Bytes, byte[]> iterator) {
    List<String> rows = new ArrayList<>();
    try (iterator) {
      iterator.forEachRemaining(row -> rows.add(text(row.key, row.value)));
    }
    return rows;
  }

  private static List<String> texts(Map<Bytes, byte[]> rows) {
    List<String> texts = new ArrayList<>();
    rows.forEach((key, value) -> texts.add(text(key, value)));
    return texts;
  }

  private static String text(Bytes key, byte[] value) {
    return key + "=" + Arrays.toString(value);
  }
}
