package io.millrace.state.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class ChangelogWatchTest {
  private static final Bytes KEY = Bytes.wrap(new byte[] {1, 2});
  private static final TopicPartition CHANGELOG = new TopicPartition("app-rows-changelog", 3);

  private final KeyValueStore<Bytes, byte[]> below =
      Stores.inMemoryKeyValueStore("rows").get();
  private final ChangelogWatch watch = new ChangelogWatch();
  private final WriteBackStore store =
      new WriteBackStore(below, CacheBudget.of(1 << 20), watch, Neighbours.NONE);

  private void attach() {
    Topology topology = new Topology().addSource("source", "topic");
    Properties properties = new Properties();
    properties.putAll(Map.of("application.id", "app", "bootstrap.servers", "localhost:1"));
    try (KafkaStreams streams = new KafkaStreams(topology, properties)) {
      watch.attach(streams, List.of());
    }
  }

  private void putAndCommit() {
    store.put(KEY, new byte[] {1});
    store.commit(Map.of());
    assertThat(below.get(KEY)).containsExactly(1);
    below.put(KEY, new byte[] {2});
  }

  @Test
  void rowsStayOverACommitUntilTheirTaskIsAStandby() {
    attach();
    watch.enter(store, 3);
    putAndCommit();
    assertThat(store.get(KEY)).containsExactly(1);

    watch.standbys().onUpdateStart(new TopicPartition(CHANGELOG.topic(), 2), "rows", 0);
    watch.standbys().onUpdateStart(CHANGELOG, "others", 0);
    assertThat(store.get(KEY)).containsExactly(1);

    watch.standbys().onUpdateStart(CHANGELOG, "rows", 0);
    assertThat(store.get(KEY)).containsExactly(2);
  }

  @Test
  void rowsGoWhereTheirTaskIsRestoredAndOthersHearOfItToo() {
    attach();
    watch.enter(store, 3);
    putAndCommit();
    List<String> heard = new ArrayList<>();

    watch.restores(List.of(listener(heard))).onRestoreStart(CHANGELOG, "rows", 5, 9);

    assertThat(store.get(KEY)).containsExactly(2);
    assertThat(heard).containsExactly("rows 5 9");
  }

  private static StateRestoreListener listener(List<String> heard) {
    return new StateRestoreListener() {
      @Override
      public void onRestoreStart(TopicPartition changelog, String name, long from, long to) {
        heard.add(name + " " + from + " " + to);
      }

      @Override
      public void onBatchRestored(TopicPartition changelog, String name, long offset, long rows) {}

      @Override
      public void onRestoreEnd(TopicPartition changelog, String name, long rows) {}
    };
  }

  @Test
  void aStoreThatLeftIsNotAsked() {
    attach();
    watch.enter(store, 3);
    putAndCommit();
    watch.leave(store, 3);
    watch.standbys().onUpdateStart(CHANGELOG, "rows", 0);
    assertThat(store.get(KEY)).containsExactly(1);
  }

  @Test
  void rowsGoAtACommitWhereNobodyTellsOfTheirChangelog() {
    watch.enter(store, 3);
    putAndCommit();
    assertThat(store.get(KEY)).containsExactly(2);
  }
}
