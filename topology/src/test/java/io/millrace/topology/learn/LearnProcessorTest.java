package io.millrace.topology.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.learn.optimizer.OptimizerSettings;
import io.millrace.model.learn.sync.ReplicaSettings;
import io.millrace.schemas.Update;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WindowCodec;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.LearnMeters;
import io.millrace.topology.overload.LearnLoad;
import io.millrace.topology.overload.OverloadSettings;
import io.millrace.topology.stage.StageHarness;
import io.millrace.topology.weights.WeightsBoard;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnProcessorTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 5, Head.FORECAST);
  private static final int WINDOWS = 50;

  @TempDir
  private Path dir;

  private static final Kernel KERNEL = Kernels.choose("scalar").kernel();

  private LearnThread thread = LearnThread.STREAM;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private LearnLoad load = new LearnLoad(new OverloadSettings(1, Duration.ZERO, Long.MAX_VALUE, 0));

  private StageHarness worker() {
    WeightsBoard board = new WeightsBoard(SPEC, 1, KERNEL);
    LearnMeters learnMeters = new LearnMeters(meters);
    return new StageHarness(
        () -> new LearnProcessor(settings(), KERNEL, board, learnMeters, load),
        dir.toFile(),
        Names.PENDING_WINDOWS,
        Names.REPLICA);
  }

  private static List<Update> decoded(StageHarness worker) {
    AvroSerde<Update> serde = AvroSerde.of(Update.class);
    return worker.forwarded().stream().map(serde::decode).toList();
  }

  private LearnSettings settings() {
    return new LearnSettings(
        SPEC,
        "model",
        4,
        Duration.ofMillis(100),
        3,
        Duration.ofHours(1),
        new ReplicaSettings(OptimizerSettings.of(OptimizerSettings.Kind.ADAM, 0.01), 64),
        thread);
  }

  private static byte[] window(int n) {
    Random random = new Random(n);
    int steps = 1 + random.nextInt(6);
    float[] inputs = new float[2 * steps];
    float[] targets = new float[2 * steps];
    for (int k = 0; k < inputs.length; k++) {
      inputs[k] = (float) random.nextGaussian();
      targets[k] = (float) random.nextGaussian();
    }
    byte[] mask = new byte[steps];
    Arrays.fill(mask, (byte) 1);
    TrainingWindow window = new TrainingWindow(HiddenState.initial(SPEC), inputs, targets, mask);
    return new WindowCodec(SPEC).encode(new CutWindow(1, 0, new long[steps], window));
  }

  private List<byte[]> updates(Set<Integer> crashesBefore) {
    StageHarness worker = worker();
    for (int n = 0; n < WINDOWS; n++) {
      if (crashesBefore.contains(n)) {
        worker.crash();
      }
      worker.send(window(n), n);
    }
    return worker.forwarded();
  }

  @Test
  void aCrashBetweenTwoUpdatesChangesNoBitOfThem() {
    List<byte[]> undisturbed = updates(Set.of());

    assertThat(undisturbed).hasSize(4);
    for (int crash = 1; crash < WINDOWS; crash++) {
      assertThat(updates(Set.of(crash)))
          .as("crash before %d", crash)
          .containsExactlyElementsOf(undisturbed);
    }
    assertThat(updates(Set.of(5, 6, 23, 24, 40))).containsExactlyElementsOf(undisturbed);
  }

  @Test
  void aThreadOfItsOwnChangesNoBitOfTheUpdates() {
    List<byte[]> expected = updates(Set.of());
    thread = LearnThread.OWN;

    StageHarness worker = worker();
    for (int n = 0; n < WINDOWS; n++) {
      worker.send(window(n), n);
    }
    await().until(() -> {
      worker.pass(Duration.ZERO);
      return worker.forwarded().size() >= expected.size();
    });

    assertThat(worker.forwarded()).containsExactlyElementsOf(expected);
  }

  @Test
  void aCrashWhileABatchIsLearnedBesideLosesNoWindow() {
    thread = LearnThread.OWN;
    StageHarness worker = worker();
    for (int n = 0; n < WINDOWS; n++) {
      worker.send(window(n), n);
      worker.crash();
    }
    await().until(() -> {
      worker.pass(Duration.ofHours(2));
      return decoded(worker).stream().mapToLong(Update::getWindows).sum() >= WINDOWS;
    });

    assertThat(decoded(worker).stream().mapToLong(Update::getWindows).sum()).isEqualTo(WINDOWS);
  }

  @Test
  void everyWindowIsInExactlyOneUpdate() {
    StageHarness worker = worker();
    long steps = 0;
    for (int n = 0; n < WINDOWS; n++) {
      worker.send(window(n), n);
      steps += new WindowCodec(SPEC).decode(window(n)).steps().steps();
    }
    worker.pass(Duration.ofSeconds(1));
    worker.pass(Duration.ofHours(2));

    List<Update> updates = decoded(worker);
    assertThat(updates.stream().mapToLong(Update::getWindows).sum()).isEqualTo(WINDOWS);
    assertThat(updates.stream().mapToLong(Update::getSteps).sum()).isEqualTo(steps);
    assertThat(updates).extracting(Update::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(updates)
        .extracting(Update::getNewestWindow)
        .containsExactly(11L, 23L, 35L, 47L, 49L);
    assertThat(worker.store(0).approximateNumEntries()).isZero();
  }

  @Test
  void aPendingWindowWhoseRowIsDamagedIsCountedAndTheRestIsLearned() {
    StageHarness worker = worker();
    for (int n = 0; n < 4; n++) {
      worker.send(window(n), n);
    }
    KeyValueStore<Bytes, byte[]> rows = worker.store(0);
    rows.put(row(0), new byte[] {1, 2, 3});
    rows.put(row(1), new byte[40]);
    rows.delete(row(2));
    worker.crash();
    worker.pass(Duration.ofMillis(100));
    worker.pass(Duration.ofHours(2));

    assertThat(meters.counter("millrace.windows.rejected").count()).isEqualTo(3);
    assertThat(decoded(worker)).extracting(Update::getWindows).containsExactly(1L);
    assertThat(rows.approximateNumEntries()).isZero();
  }

  private static Bytes row(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  @Test
  void aWindowThatCannotBeUsedIsCountedAndTheRestIsLearned() {
    StageHarness worker = worker();
    worker.send(new byte[] {1, 2, 3}, 0);
    worker.send(
        new WindowCodec(new ModelSpec(Cell.LSTM, 2, 1, 6, Head.FORECAST))
            .encode(new CutWindow(
                1,
                0,
                new long[1],
                new TrainingWindow(
                    HiddenState.initial(new ModelSpec(Cell.LSTM, 2, 1, 6, Head.FORECAST)),
                    new float[2],
                    new float[2],
                    new byte[] {1}))),
        1);
    worker.send(window(1), 2);
    worker.pass(Duration.ofMillis(100));
    worker.pass(Duration.ofHours(2));

    assertThat(meters.counter("millrace.windows.rejected").count()).isEqualTo(2);
    assertThat(decoded(worker)).extracting(Update::getWindows).containsExactly(1L);
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  @Test
  void windowsFartherBehindThanAllowedAreSkippedAndCountedAcrossACrash() {
    load = new LearnLoad(new OverloadSettings(1, Duration.ZERO, Long.MAX_VALUE, 20));
    load.end(0, WINDOWS);
    StageHarness worker = worker();
    long steps = 0;
    for (int n = 0; n < WINDOWS; n++) {
      if (n == 10) {
        worker.crash();
      }
      worker.send(window(n), n);
      steps += new WindowCodec(SPEC).decode(window(n)).steps().steps();
    }
    worker.pass(Duration.ofSeconds(1));
    worker.pass(Duration.ofHours(2));

    List<Update> updates = decoded(worker);
    assertThat(gauge("millrace.learn.skipped.windows")).isEqualTo(WINDOWS - 21);
    assertThat(updates.stream().mapToLong(Update::getWindows).sum()).isEqualTo(21);
    assertThat(updates.stream().mapToLong(Update::getSteps).sum()
            + (long) gauge("millrace.learn.skipped.steps"))
        .isEqualTo(steps);
  }

  @Test
  void aWorkerThatHoldsAsManyWindowsAsItMayTellsOfThemAtOnce() {
    load = new LearnLoad(new OverloadSettings(1, Duration.ZERO, 8, 0));
    StageHarness worker = worker();
    for (int n = 0; n < WINDOWS; n++) {
      worker.send(window(n), n);
    }

    assertThat(decoded(worker)).hasSize(6).extracting(Update::getWindows).containsOnly(8L);
  }
}
