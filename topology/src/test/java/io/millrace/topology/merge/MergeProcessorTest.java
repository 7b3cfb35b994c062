package io.millrace.topology.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.MergeSettings;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.model.learn.sync.RollbackSettings;
import io.millrace.model.learn.sync.Tally;
import io.millrace.serde.ImportCodec;
import io.millrace.serde.ImportedWeights;
import io.millrace.serde.UpdateCodec;
import io.millrace.serde.WeightsAssembly;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.LearnMeters;
import io.millrace.topology.weights.WeightsBoard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeProcessorTest {
  /** Two parts. */
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 200, Head.FORECAST);

  private static final int SIZE = new ParameterLayout(SPEC).size();

  @TempDir
  private Path dir;

  private final class Stage {
    private final WeightsBoard board = new WeightsBoard(SPEC, 1, new ScalarKernel());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LearnMeters learnMeters = new LearnMeters(meters);
    private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();
    private final List<byte[]> published = new ArrayList<>();
    private MockProcessorContext<byte[], byte[]> context;
    private MergeProcessor processor;
    private long now = 1000;

    Stage() {
      start();
    }

    void start() {
      context = new MockProcessorContext<>(new Properties(), new TaskId(2, 0), dir.toFile());
      context.setCurrentSystemTimeMs(now);
      context.setCurrentStreamTimeMs(0);
      if (stores.isEmpty()) {
        stores.add(store(Names.INBOX));
        stores.add(store(Names.MERGED));
      }
      stores.forEach(context::addStateStore);
      processor = new MergeProcessor(settings(), board, learnMeters);
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

    void send(byte[] part) {
      send(new byte[] {'m'}, part);
    }

    private void send(byte[] key, byte[] part) {
      processor.process(new Record<>(key, part, now));
      collect();
    }

    void sendImport(List<byte[]> parts, int part) {
      send(ImportInbox.recordKey("model", part), parts.get(part));
    }

    void pass(Duration time) {
      now += time.toMillis();
      context.setCurrentSystemTimeMs(now);
      context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
      collect();
    }

    private void collect() {
      context.forwarded().forEach(forward -> published.add(forward.record().value()));
      context.resetForwards();
    }

    List<MergedWeights> versions() {
      WeightsAssembly assembly = new WeightsAssembly(SPEC);
      return published.stream().flatMap(part -> assembly.add(part).stream()).toList();
    }
  }

  private static MergeStageSettings settings() {
    return new MergeStageSettings(
        SPEC,
        "model",
        Duration.ofMillis(500),
        MergeSettings.DEFAULTS,
        new RollbackSettings(1, 100, 2000),
        false,
        0);
  }

  private static List<byte[]> update(int worker, long sequence, long base, double loss) {
    Random random = new Random(31 * sequence + worker);
    float[] delta = new float[SIZE];
    for (int n = 0; n < SIZE; n++) {
      delta[n] = 0.01f * (float) random.nextGaussian();
    }
    Change change = new Change(base, sequence, new Tally(2, 50, 50 * loss), delta);
    return new UpdateCodec(SPEC).encode(worker, change, sequence);
  }

  private static List<byte[]> importOf(float[] values, long number) {
    return new ImportCodec(SPEC).encode(new ImportedWeights(number, values, "test"));
  }

  private static float[] foreign() {
    float[] values = new float[SIZE];
    for (int n = 0; n < SIZE; n++) {
      values[n] = n % 7 - 3;
    }
    return values;
  }

  private static void assertImported(Stage stage, String where) {
    List<MergedWeights> versions = stage.versions();
    assertThat(versions).as(where).extracting(MergedWeights::version).containsExactly(1L, 2L, 3L);
    MergedWeights imported = versions.get(1);
    assertThat(imported.values()).as(where).isEqualTo(foreign());
    assertThat(imported.rollback()).isEqualTo(new Rollback(2, 2));
    assertThat(versions.get(2).values()).as(where).isNotEqualTo(foreign());
    assertThat(versions.get(2).stepsLearned()).isEqualTo(50);
  }

  @Test
  void anImportIsTheNextVersionOnceAlsoAcrossACrashBetweenItsParts() {
    List<byte[]> parts = importOf(foreign(), 1);
    assertThat(parts).hasSize(2);
    for (int crash = 0; crash < 3; crash++) {
      Stage stage = new Stage();
      update(0, 1, 0, 1).forEach(stage::send);
      for (int part = 0; part < 2; part++) {
        if (part == crash) {
          stage.start();
        }
        stage.sendImport(parts, part);
      }
      if (crash == 2) {
        stage.start();
      }
      update(0, 2, 2, 1).forEach(stage::send);

      assertImported(stage, "crash before part " + crash);
    }
  }

  @Test
  void anImportThatCannotBeBelievedChangesNothingAndTheNextOneIsTaken() {
    Stage stage = new Stage();
    update(0, 1, 0, 1).forEach(stage::send);
    float[] poison = foreign();
    poison[SIZE - 1] = Float.NaN;
    List<byte[]> bad = importOf(poison, 1);
    List<byte[]> good = importOf(foreign(), 2);
    stage.sendImport(bad, 0);
    stage.sendImport(bad, 1);
    assertThat(stage.versions()).hasSize(1);
    stage.sendImport(bad, 0); // one that was broken off
    stage.sendImport(good, 0);
    stage.sendImport(good, 1);
    update(0, 2, 2, 1).forEach(stage::send);

    assertImported(stage, "after a bad one");
    assertThat(stage.meters.counter("millrace.weights.rejected").count()).isEqualTo(1);
  }

  @Test
  void aHighLossOfImportedWeightsIsNoReasonToGoBackBehindThem() {
    Stage stage = new Stage();
    long sequence = 0;
    for (; sequence < 60; sequence++) {
      update(0, sequence + 1, sequence, 0.5).forEach(stage::send);
    }
    List<byte[]> parts = importOf(foreign(), 1);
    stage.sendImport(parts, 0);
    stage.sendImport(parts, 1);
    for (; sequence < 75; sequence++) {
      update(0, sequence + 1, sequence + 1, 9).forEach(stage::send);
    }

    List<MergedWeights> versions = stage.versions();
    assertThat(versions.get(versions.size() - 1).rollback()).isEqualTo(new Rollback(61, 61));
    assertThat(versions).hasSize(76);
  }

  @Test
  void aRoundClosesWhenEveryKnownWorkerWasHeardOrItsTimeIsUp() {
    Stage stage = new Stage();
    update(0, 1, 0, 1).forEach(stage::send);
    assertThat(stage.versions()).hasSize(1); // nobody else is known yet
    update(1, 1, 0, 1).forEach(stage::send);
    assertThat(stage.versions()).hasSize(1); // worker 0 is waited for
    update(0, 2, 1, 1).forEach(stage::send);
    assertThat(stage.versions()).hasSize(2);
    update(1, 2, 2, 1).forEach(stage::send);
    stage.pass(Duration.ofMillis(499));
    assertThat(stage.versions()).hasSize(2);
    stage.pass(Duration.ofMillis(1));

    assertThat(stage.versions()).extracting(MergedWeights::version).containsExactly(1L, 2L, 3L);
    assertThat(stage.versions().get(2).stepsLearned()).isEqualTo(200);
  }

  @Test
  void aCrashBetweenAnyTwoPartsChangesNoBitOfTheVersions() {
    List<byte[]> parts = new ArrayList<>();
    parts.addAll(update(0, 1, 0, 1));
    parts.addAll(update(1, 1, 0, 1));
    parts.addAll(update(0, 2, 0, 1));
    parts.addAll(update(0, 3, 0, 1));
    parts.addAll(update(1, 2, 0, 1));
    Stage undisturbed = new Stage();
    parts.forEach(undisturbed::send);
    assertThat(undisturbed.versions()).hasSize(3);

    for (int crash = 1; crash < parts.size(); crash++) {
      Stage stage = new Stage();
      for (int n = 0; n < parts.size(); n++) {
        if (n == crash) {
          stage.start();
        }
        stage.send(parts.get(n));
      }
      assertThat(stage.published)
          .as("crash before %d", crash)
          .containsExactlyElementsOf(undisturbed.published);
    }
  }

  @Test
  void anUpdateThatComesTwiceIsMergedOnce() {
    Stage stage = new Stage();
    update(0, 1, 0, 1).forEach(stage::send);
    update(0, 1, 0, 1).forEach(stage::send);

    assertThat(stage.versions()).hasSize(1);
  }

  @Test
  void anUpdateThatIsNotFiniteIsAcknowledgedButNeverPublished() {
    Stage stage = new Stage();
    float[] poison = new float[SIZE];
    poison[SIZE - 1] = Float.NaN;
    new UpdateCodec(SPEC)
        .encode(0, new Change(0, 1, new Tally(1, 10, 10), poison), 0)
        .forEach(stage::send);
    update(0, 2, 0, 1).forEach(stage::send);

    List<MergedWeights> versions = stage.versions();
    assertThat(versions.get(0).values()).isEqualTo(stage.board.merged().values());
    assertThat(versions.get(0).sequenceOf(0)).isEqualTo(1);
    assertThat(versions.get(1).stepsLearned()).isEqualTo(50);
  }

  @Test
  void anUpdateThatCannotBeBelievedIsCountedAndTheRestIsMerged() {
    Stage stage = new Stage();
    stage.send(new byte[] {1, 2, 3});
    update(0, 1, 0, 1).forEach(stage::send);

    assertThat(stage.versions()).hasSize(1);
    assertThat(stage.meters.counter("millrace.updates.rejected").count()).isEqualTo(1);
  }

  @Test
  void whenTheLossExplodesTheLastGoodWeightsComeBackAsAVersionOfTheirOwn() {
    Stage stage = new Stage();
    long sequence = 0;
    for (; sequence < 60; sequence++) {
      update(0, sequence + 1, sequence, 0.5).forEach(stage::send);
    }
    for (; sequence < 75 && stage.versions().size() == sequence; sequence++) {
      update(0, sequence + 1, sequence, 9).forEach(stage::send);
    }

    MergedWeights last = stage.versions().get(stage.versions().size() - 1);
    assertThat(last.rollback().version()).isEqualTo(last.version());
    assertThat(last.rollback().rolledBackTo()).isBetween(55L, 60L);
    assertThat(last.values())
        .isEqualTo(
            stage.versions().get((int) last.rollback().rolledBackTo() - 1).values());
    assertThat(stage
            .meters
            .find("millrace.merge.dropped.steps")
            .tag("reason", "rolled-back")
            .gauge()
            .value())
        .isPositive();
  }
}
