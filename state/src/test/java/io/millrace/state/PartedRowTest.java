package io.millrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class PartedRowTest {
  private final KeyValueStore<Bytes, byte[]> store =
      Stores.inMemoryKeyValueStore("rows").get();

  private PartedRow row() {
    return new PartedRow(store, "name");
  }

  private static List<byte[]> parts(int count) {
    return IntStream.range(0, count).mapToObj(n -> new byte[] {(byte) n}).toList();
  }

  private void assertSaved(int count) {
    assertThat(row().load()).containsExactlyElementsOf(parts(count));
    assertThat(store.approximateNumEntries()).isEqualTo(count);
  }

  @Test
  void aShorterRowLeavesNoPartOfTheLongerOne() {
    PartedRow row = row();
    for (int count : new int[] {3, 1, 2, 4, 1}) {
      row.save(parts(count));
      assertSaved(count);
    }
  }

  @Test
  void norDoesItAfterARestart() {
    row().save(parts(4));
    row().save(parts(2));

    assertSaved(2);
  }

  @Test
  void norWherePartsFollowedOneByOne() {
    PartedRow row = row();
    row.save(parts(1));
    row.save(1, new byte[] {1});
    row.save(2, new byte[] {2});
    assertSaved(3);
    row.save(parts(1));

    assertSaved(1);
  }
}
