package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.HiddenState;
import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Score;
import io.millrace.serde.KeyStateCodec;
import io.millrace.serde.StateEncoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key goes on from its state as it was stored, rounding and all. */
class StateEncodingFlowTest {
  private static final int ENCODING_AT = 3;

  private static Flow flow(StateEncoding encoding, String store, Path dir) {
    return new Flow(Map.of(
        "state.encoding",
        encoding.name().toLowerCase(Locale.ROOT),
        "state.store",
        store,
        "state.dir",
        dir.toString(),
        "window.size",
        "8"));
  }

  private static byte[] row(Flow flow) {
    return flow.keyStates().get(Bytes.wrap(bytes("a")));
  }

  @ParameterizedTest
  @EnumSource
  void aWindowBeginsWithTheStateThatTheRowHeld(StateEncoding encoding, @TempDir Path dir) {
    try (Flow flow = flow(encoding, "memory", dir)) {
      KeyStateCodec codec = new KeyStateCodec(flow.config().modelSpec(), encoding);
      List<HiddenState> stored = new ArrayList<>();
      Random random = new Random(5);
      for (int n = 0; n < 30; n++) {
        flow.score("a", n, random.nextGaussian(), random.nextGaussian());
        stored.add(codec.decode(row(flow)).hidden());
      }

      List<CutWindow> windows = flow.windows();
      assertThat(windows).hasSize(3);
      assertThat(windows)
          .allSatisfy(window -> assertThat(window.steps().initial())
              .usingRecursiveComparison()
              .isEqualTo(stored.get((int) window.firstStep() - 1)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScoreIsTheSameWhereverTheRowWasMeanwhile(StateEncoding encoding, @TempDir Path dir) {
    try (Flow heap = flow(encoding, "memory", dir.resolve("heap"));
        Flow disk = flow(encoding, "rocksdb", dir.resolve("disk"))) {
      Random random = new Random(6);
      for (int n = 0; n < 200; n++) {
        double a = random.nextGaussian();
        Score onHeap = heap.score("a", n, a, n);
        assertThat(disk.score("a", n, a, n)).isEqualTo(onHeap);
      }
      assertThat(row(disk)).isEqualTo(row(heap));
    }
  }

  @Test
  void anotherEncodingTakesOverKeyByKeyAndLosesNone(@TempDir Path dir) {
    byte[] row;
    try (Flow before = flow(StateEncoding.F32, "memory", dir)) {
      for (int n = 0; n < 20; n++) {
        before.score("a", n, n, 1);
      }
      row = row(before);
    }
    try (Flow after = flow(StateEncoding.INT8, "memory", dir)) {
      after.keyStates().put(Bytes.wrap(bytes("a")), row);
      Score score = after.score("a", 20, 20, 1);

      assertThat(score.getSteps()).isEqualTo(20);
      assertThat(after.count("millrace.states.corrupt")).isZero();
      assertThat(row[ENCODING_AT]).isEqualTo((byte) 0);
      assertThat(row(after)[ENCODING_AT]).isEqualTo((byte) 2);
    }
  }
}
