package io.millrace.topology.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Update;
import io.millrace.schemas.Weights;
import io.millrace.schemas.WorkerSequence;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private final Freshness freshness = new Freshness(-10_000);

  private static Update update(int worker, long sequence, long newestWindow) {
    return new Update(
        "m", 0L, worker, sequence, 0, 1, 1L, 1L, 0.0, newestWindow, 0L, ByteBuffer.allocate(0));
  }

  private static Weights weights(long version, int worker, long sequence) {
    return new Weights(
        version,
        "m",
        0,
        1,
        ByteBuffer.allocate(0),
        0L,
        1L,
        0.0,
        List.of(new WorkerSequence(worker, sequence)),
        0L,
        0L,
        0L);
  }

  @Test
  void aWindowIsFollowedToTheFirstScoreByWeightsThatHoldIt() {
    freshness.cut(0, 7, 100);
    freshness.cut(0, 8, 150);
    freshness.sent(update(0, 1, 7));
    freshness.merged(weights(1, 0, 1));
    freshness.scored(0, 300);
    freshness.settle();
    assertThat(freshness.latency().isEmpty()).isTrue();

    freshness.scored(1, 400);
    freshness.scored(1, 500);
    freshness.settle();

    assertThat(freshness.latency().percentile(100)).isEqualTo(300);
  }

  @Test
  void aScoreThatIsReadBeforeItsWeightsCounts() {
    freshness.cut(0, 0, 100);
    freshness.scored(2, 400);
    freshness.settle();
    freshness.sent(update(0, 1, 0));
    freshness.merged(weights(1, 0, 1));
    freshness.settle();

    assertThat(freshness.latency().percentile(100)).isEqualTo(300);
  }

  @Test
  void workersAreFollowedEachByItself() {
    freshness.cut(0, 0, 100);
    freshness.cut(1, 0, 100);
    freshness.sent(update(1, 1, 0));
    freshness.merged(weights(1, 1, 1));
    freshness.scored(1, 600);
    freshness.settle();
    assertThat(freshness.latency().percentile(100)).isEqualTo(500);
    freshness.sent(update(0, 1, 0));
    freshness.merged(weights(2, 0, 1));
    freshness.scored(2, 1100);
    freshness.settle();

    assertThat(freshness.latency().percentile(100)).isEqualTo(1000);
  }
}
