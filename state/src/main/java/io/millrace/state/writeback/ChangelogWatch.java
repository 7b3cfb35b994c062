package io.millrace.state.writeback;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Tells stores that from now on their changelog is read into the ones below them, past what they hold on the heap. That happens to a
 * store with rows in it where its task becomes a standby, or comes back after another instance had it.
 */
public final class ChangelogWatch {
  private record Place(String store, int partition) {}

  private final Map<Place, WriteBackStore> stores = new ConcurrentHashMap<>();
  private volatile boolean attached;

  /**
   * Hears of the changelogs of these streams, in place of any listener that they have. Until then stores let their rows go at each
   * commit, after which they have to expect what they are not told.
   *
   * @param streams whose topology has the stores; not started yet
   * @param others hear of what is restored as well
   */
  public void attach(KafkaStreams streams, List<StateRestoreListener> others) {
    streams.setGlobalStateRestoreListener(restores(others));
    streams.setStandbyUpdateListener(standbys());
    attached = true;
  }

  StateRestoreListener restores(List<StateRestoreListener> others) {
    return new Restores(others);
  }

  StandbyUpdateListener standbys() {
    return new Standbys();
  }

  boolean isAttached() {
    return attached;
  }

  /** Only one store of a process is open for a partition: its directory is locked. */
  void enter(WriteBackStore store, int partition) {
    stores.put(new Place(store.name(), partition), store);
  }

  void leave(WriteBackStore store, int partition) {
    stores.remove(new Place(store.name(), partition), store);
  }

  /** A changelog is read into the store of that name from now on. */
  private void begins(TopicPartition changelog, String name) {
    WriteBackStore store = stores.get(new Place(name, changelog.partition()));
    if (store != null) {
      store.forget();
    }
  }

  private final class Restores implements StateRestoreListener {
    private final List<StateRestoreListener> others;

    Restores(List<StateRestoreListener> others) {
      this.others = List.copyOf(others);
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
      begins(changelog, store);
      others.forEach(other -> other.onRestoreStart(changelog, store, from, to));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long offset, long rows) {
      others.forEach(other -> other.onBatchRestored(changelog, store, offset, rows));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long rows) {
      others.forEach(other -> other.onRestoreEnd(changelog, store, rows));
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long rows) {
      others.forEach(other -> other.onRestoreSuspended(changelog, store, rows));
    }
  }

  private final class Standbys implements StandbyUpdateListener {
    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long from) {
      begins(changelog, store);
    }

    @Override
    public void onBatchLoaded(
        TopicPartition changelog,
        String store,
        TaskId task,
        long batchEndOffset,
        long rows,
        long endOffset) {}

    @Override
    public void onUpdateSuspended(
        TopicPartition changelog, String store, long offset, long endOffset, SuspendReason why) {}
  }
}
