package io.millrace.topology.learn;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.millrace.topology.weights.WeightsBoard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnProcessorTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 5, Head.FORECAST);
  private static final int WINDOWS = 50;

  @TempDir
  private Path dir;

  /** One worker with its stores, which outlive it. */
  private final class Worker {
    private final Kernel kernel = Kernels.choose("scalar").kernel();
    private final WeightsBoard board = new WeightsBoard(SPEC, 1, kernel);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LearnMeters learnMeters = new LearnMeters(meters);
    private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();
    private final List<byte[]> updates = new ArrayList<>();
    private MockProcessorContext<byte[], byte[]> context;
    private LearnProcessor processor;
    private long now = 1000;

    Worker() {
      start();
    }

    void start() {
      context = new MockProcessorContext<>(new Properties(), new TaskId(1, 0), dir.toFile());
      context.setCurrentSystemTimeMs(now);
      context.setCurrentStreamTimeMs(0);
      if (stores.isEmpty()) {
        stores.add(store(Names.PENDING_WINDOWS));
        stores.add(store(Names.REPLICA));
      }
      stores.forEach(context::addStateStore);
      processor = new LearnProcessor(settings(), kernel, board, learnMeters);
      processor.init(context);
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
      KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
      store.init(context.getStateStoreContext(), store);
      return store;
    }

    void send(byte[] window, long offset) {
      context.setRecordMetadata("windows", 0, offset);
      context.setCurrentSystemTimeMs(++now);
      processor.process(new Record<>(new byte[] {'k'}, window, now));
      collect();
    }

    void pass(Duration time) {
      now += time.toMillis();
      context.setCurrentSystemTimeMs(now);
      context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
      collect();
    }

    private void collect() {
      context.forwarded().forEach(forward -> updates.add(forward.record().value()));
      context.resetForwards();
    }

    List<Update> decoded() {
      AvroSerde<Update> serde = AvroSerde.of(Update.class);
      return updates.stream().map(serde::decode).toList();
    }
  }

  private static LearnSettings settings() {
    return new LearnSettings(
        SPEC,
        "model",
        4,
        Duration.ofMillis(100),
        3,
        Duration.ofHours(1),
        new ReplicaSettings(OptimizerSettings.of(OptimizerSettings.Kind.ADAM, 0.01), 64));
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
    Worker worker = new Worker();
    for (int n = 0; n < WINDOWS; n++) {
      if (crashesBefore.contains(n)) {
        worker.start();
      }
      worker.send(window(n), n);
    }
    return worker.updates;
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
  void everyWindowIsInExactlyOneUpdate() {
    Worker worker = new Worker();
    long steps = 0;
    for (int n = 0; n < WINDOWS; n++) {
      worker.send(window(n), n);
      steps += new WindowCodec(SPEC).decode(window(n)).steps().steps();
    }
    worker.pass(Duration.ofSeconds(1));
    worker.pass(Duration.ofHours(2));

    List<Update> updates = worker.decoded();
    assertThat(updates.stream().mapToLong(Update::getWindows).sum()).isEqualTo(WINDOWS);
    assertThat(updates.stream().mapToLong(Update::getSteps).sum()).isEqualTo(steps);
    assertThat(updates).extracting(Update::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(updates)
        .extracting(Update::getNewestWindow)
        .containsExactly(11L, 23L, 35L, 47L, 49L);
    assertThat(worker.stores.get(0).approximateNumEntries()).isZero();
  }

  @Test
  void aWindowThatCannotBeUsedIsCountedAndTheRestIsLearned() {
    Worker worker = new Worker();
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

    assertThat(worker.meters.counter("millrace.windows.rejected").count()).isEqualTo(2);
    assertThat(worker.decoded()).extracting(Update::getWindows).containsExactly(1L);
  }
}
