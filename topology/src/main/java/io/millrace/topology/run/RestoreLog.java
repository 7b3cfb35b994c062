package io.millrace.topology.run;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of every store that is restored from its changelog how much that was and how long it took. Called by many threads. */
final class RestoreLog implements StateRestoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreLog.class);
  private static final double NANOS_A_SECOND = 1e9;

  private final Map<TopicPartition, Long> begun = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    begun.put(changelog, System.nanoTime());
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long offset, long rows) {}

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long rows) {
    Long since = begun.remove(changelog);
    if (since != null && rows > 0) {
      double seconds = (System.nanoTime() - since) / NANOS_A_SECOND;
      LOG.info(
          "restored: store={}, partition={}, rows={}, seconds={}, rows a second={}",
          store,
          changelog.partition(),
          rows,
          String.format(Locale.ROOT, "%.3f", seconds),
          Math.round(rows / seconds));
    }
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long rows) {
    begun.remove(changelog);
  }
}
