package io.millrace.topology.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.CategoryInput;
import io.millrace.model.CategoryInput.Kind;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.MergeSettings;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.model.learn.sync.RollbackSettings;
import io.millrace.model.learn.sync.Tally;
import io.millrace.serde.ImportCodec;
import io.millrace.serde.ImportedWeights;
import io.millrace.serde.NewValuesCodec;
import io.millrace.serde.UpdateCodec;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.WeightsAssembly;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.LearnMeters;
import io.millrace.topology.stage.StageHarness;
import io.millrace.topology.weights.VocabularyBoard;
import io.millrace.topology.weights.VocabularyKeys;
import io.millrace.topology.weights.WeightsBoard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeProcessorTest {
  /** Two parts. */
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 200, Head.FORECAST);

  private static final int SIZE = new ParameterLayout(SPEC).size();

  @TempDir
  private Path dir;

  private final WeightsBoard board = new WeightsBoard(SPEC, 1, new ScalarKernel());
  private final VocabularyBoard vocabularies = new VocabularyBoard(CategoryIds.initial(List.of()));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LearnMeters learnMeters = new LearnMeters(meters);

  private StageHarness stage() {
    return new StageHarness(
        () -> new MergeProcessor(settings(), board, vocabularies, learnMeters),
        dir.toFile(),
        Names.INBOX,
        Names.MERGED);
  }

  private static void send(StageHarness stage, List<byte[]> parts) {
    parts.forEach(part -> stage.send(part, 0));
  }

  private static List<MergedWeights> versions(StageHarness stage) {
    WeightsAssembly assembly = new WeightsAssembly(SPEC);
    return stage.forwarded().stream()
        .flatMap(part -> assembly.add(part).stream())
        .toList();
  }

  private static void sendImport(StageHarness stage, List<byte[]> parts, int part) {
    stage.send(ImportInbox.recordKey("model", part), parts.get(part), 0);
  }

  private static MergeStageSettings settings() {
    return settings(List.of());
  }

  private static MergeStageSettings settings(List<CategoryInput> fields) {
    return new MergeStageSettings(
        SPEC,
        fields,
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

  private static void assertImported(StageHarness stage, String where) {
    List<MergedWeights> versions = versions(stage);
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
      StageHarness stage = stage();
      send(stage, update(0, 1, 0, 1));
      for (int part = 0; part < 2; part++) {
        if (part == crash) {
          stage.crash();
        }
        sendImport(stage, parts, part);
      }
      if (crash == 2) {
        stage.crash();
      }
      send(stage, update(0, 2, 2, 1));

      assertImported(stage, "crash before part " + crash);
    }
  }

  @Test
  void anImportThatCannotBeBelievedChangesNothingAndTheNextOneIsTaken() {
    StageHarness stage = stage();
    send(stage, update(0, 1, 0, 1));
    float[] poison = foreign();
    poison[SIZE - 1] = Float.NaN;
    List<byte[]> bad = importOf(poison, 1);
    List<byte[]> good = importOf(foreign(), 2);
    sendImport(stage, bad, 0);
    sendImport(stage, bad, 1);
    assertThat(versions(stage)).hasSize(1);
    sendImport(stage, bad, 0); // one that was broken off
    sendImport(stage, good, 0);
    sendImport(stage, good, 1);
    send(stage, update(0, 2, 2, 1));

    assertImported(stage, "after a bad one");
    assertThat(meters.counter("millrace.weights.rejected").count()).isEqualTo(1);
  }

  @Test
  void aHighLossOfImportedWeightsIsNoReasonToGoBackBehindThem() {
    StageHarness stage = stage();
    long sequence = 0;
    for (; sequence < 60; sequence++) {
      send(stage, update(0, sequence + 1, sequence, 0.5));
    }
    List<byte[]> parts = importOf(foreign(), 1);
    sendImport(stage, parts, 0);
    sendImport(stage, parts, 1);
    for (; sequence < 75; sequence++) {
      send(stage, update(0, sequence + 1, sequence + 1, 9));
    }

    List<MergedWeights> versions = versions(stage);
    assertThat(versions.get(versions.size() - 1).rollback()).isEqualTo(new Rollback(61, 61));
    assertThat(versions).hasSize(76);
  }

  @Test
  void aRoundClosesWhenEveryKnownWorkerWasHeardOrItsTimeIsUp() {
    StageHarness stage = stage();
    send(stage, update(0, 1, 0, 1));
    assertThat(versions(stage)).hasSize(1); // nobody else is known yet
    send(stage, update(1, 1, 0, 1));
    assertThat(versions(stage)).hasSize(1); // worker 0 is waited for
    send(stage, update(0, 2, 1, 1));
    assertThat(versions(stage)).hasSize(2);
    send(stage, update(1, 2, 2, 1));
    stage.pass(Duration.ofMillis(499));
    assertThat(versions(stage)).hasSize(2);
    stage.pass(Duration.ofMillis(1));

    assertThat(versions(stage)).extracting(MergedWeights::version).containsExactly(1L, 2L, 3L);
    assertThat(versions(stage).get(2).stepsLearned()).isEqualTo(200);
  }

  @Test
  void aCrashBetweenAnyTwoPartsChangesNoBitOfTheVersions() {
    List<byte[]> parts = new ArrayList<>();
    parts.addAll(update(0, 1, 0, 1));
    parts.addAll(update(1, 1, 0, 1));
    parts.addAll(update(0, 2, 0, 1));
    parts.addAll(update(0, 3, 0, 1));
    parts.addAll(update(1, 2, 0, 1));
    StageHarness undisturbed = stage();
    send(undisturbed, parts);
    assertThat(versions(undisturbed)).hasSize(3);

    for (int crash = 1; crash < parts.size(); crash++) {
      StageHarness stage = stage();
      for (int n = 0; n < parts.size(); n++) {
        if (n == crash) {
          stage.crash();
        }
        stage.send(parts.get(n), 0);
      }
      assertThat(stage.forwarded())
          .as("crash before %d", crash)
          .containsExactlyElementsOf(undisturbed.forwarded());
      assertThat(rows(stage)).as("crash before %d", crash).isEqualTo(rows(undisturbed));
    }
  }

  @Test
  void anUpdateThatComesTwiceIsMergedOnce() {
    StageHarness stage = stage();
    send(stage, update(0, 1, 0, 1));
    send(stage, update(0, 1, 0, 1));

    assertThat(versions(stage)).hasSize(1);
  }

  @Test
  void anUpdateThatIsNotFiniteIsAcknowledgedButNeverPublished() {
    StageHarness stage = stage();
    float[] poison = new float[SIZE];
    poison[SIZE - 1] = Float.NaN;
    Change change = new Change(0, 1, new Tally(1, 10, 10), poison);
    send(stage, new UpdateCodec(SPEC).encode(0, change, 0));
    send(stage, update(0, 2, 0, 1));

    List<MergedWeights> versions = versions(stage);
    assertThat(versions.get(0).values()).isEqualTo(board.merged().values());
    assertThat(versions.get(0).sequenceOf(0)).isEqualTo(1);
    assertThat(versions.get(1).stepsLearned()).isEqualTo(50);
  }

  @Test
  void anUpdateThatCannotBeBelievedIsCountedAndTheRestIsMerged() {
    StageHarness stage = stage();
    stage.send(new byte[] {1, 2, 3}, 0);
    send(stage, update(0, 1, 0, 1));

    assertThat(versions(stage)).hasSize(1);
    assertThat(meters.counter("millrace.updates.rejected").count()).isEqualTo(1);
  }

  private static long rows(StageHarness stage) {
    return stage.store(0).approximateNumEntries();
  }

  @Test
  void anUpdateOutOfItsOrderIsCountedOnceAndNotOfferedAgainAfterARestart() {
    StageHarness stage = stage();
    send(stage, update(0, 1, 0, 1));
    send(stage, update(0, 7, 0, 1));
    send(stage, update(3, 1, 99, 1));
    stage.crash();
    send(stage, update(0, 2, 1, 1));

    assertThat(versions(stage)).hasSize(2);
    assertThat(meters.counter("millrace.updates.rejected").count()).isEqualTo(2);
    assertThat(rows(stage)).isZero();
  }

  @Test
  void damagedRowsOfTheInboxAreCountedAndTheRestIsMerged() {
    StageHarness stage = stage();
    stage.send(update(0, 1, 0, 1).get(0), 0);
    sendImport(stage, importOf(foreign(), 1), 0);
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = stage.store(0).all()) {
      rows.forEachRemaining(row -> keys.add(row.key));
    }
    keys.forEach(key -> stage.store(0).put(key, new byte[] {1, 2, 3}));
    stage.crash();
    send(stage, update(0, 1, 0, 1));

    assertThat(keys).hasSize(2);
    assertThat(versions(stage)).hasSize(1);
    assertThat(meters.counter("millrace.updates.rejected").count()).isEqualTo(1);
    assertThat(rows(stage)).isZero();
  }

  @Test
  void whenTheLossExplodesTheLastGoodWeightsComeBackAsAVersionOfTheirOwn() {
    StageHarness stage = stage();
    long sequence = 0;
    for (; sequence < 60; sequence++) {
      send(stage, update(0, sequence + 1, sequence, 0.5));
    }
    for (; sequence < 75 && versions(stage).size() == sequence; sequence++) {
      send(stage, update(0, sequence + 1, sequence, 9));
    }

    MergedWeights last = versions(stage).get(versions(stage).size() - 1);
    assertThat(last.rollback().version()).isEqualTo(last.version());
    assertThat(last.rollback().rolledBackTo()).isBetween(55L, 60L);
    assertThat(last.values())
        .isEqualTo(versions(stage).get((int) last.rollback().rolledBackTo() - 1).values());
    assertThat(meters
            .find("millrace.merge.dropped.steps")
            .tag("reason", "rolled-back")
            .gauge()
            .value())
        .isPositive();
  }

  @Test
  void anIdOutlivesACrashAndIsNeverGivenTwice() {
    List<CategoryInput> fields = List.of(new CategoryInput(Kind.VOCABULARY, 2000, 0));
    NewValuesCodec requests = new NewValuesCodec(SPEC, fields);
    StageHarness stage = stage(fields, CategoryIds.initial(fields));
    byte[] key = VocabularyKeys.ofRequest("model", 0);

    stage.send(key, requests.encode(0, texts(0, 1020)), 0);
    stage.send(key, requests.encode(0, texts(1010, 1030)), 0);
    stage.crash();
    stage.send(key, requests.encode(0, texts(1000, 1030)), 0);
    stage.send(key, requests.encode(0, texts(1029, 1031)), 0);

    assertThat(published(stage, fields).vocabulary(0).values()).isEqualTo(texts(0, 1031));
    VocabularyCodec codec = new VocabularyCodec(SPEC, fields);
    assertThat(stage.forwarded().stream().map(part -> codec.decode(part).part()))
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void idsThatTheTopicHadFirstAreStoredWithTheNextOnes() {
    List<CategoryInput> fields = List.of(new CategoryInput(Kind.VOCABULARY, 2000, 0));
    NewValuesCodec requests = new NewValuesCodec(SPEC, fields);
    CategoryIds none = CategoryIds.initial(fields);
    CategoryIds before = none.with(0, none.vocabulary(0).with(texts(0, 1500)));
    StageHarness stage = stage(fields, before, none);
    byte[] key = VocabularyKeys.ofRequest("model", 0);

    stage.send(key, requests.encode(0, texts(1500, 1501)), 0);
    stage.crash(); // and the topic has not been read yet
    stage.send(key, requests.encode(0, texts(1501, 1502)), 0);

    assertThat(published(stage, fields).vocabulary(0).values()).isEqualTo(texts(0, 1502));
  }

  /** @param known to the instance at each of its starts; at all further ones, the last */
  private StageHarness stage(List<CategoryInput> fields, CategoryIds... known) {
    Iterator<CategoryIds> starts = List.of(known).iterator();
    return new StageHarness(
        () -> new MergeProcessor(
            settings(fields),
            board,
            new VocabularyBoard(starts.hasNext() ? starts.next() : known[known.length - 1]),
            learnMeters),
        dir.toFile(),
        Names.INBOX,
        Names.MERGED);
  }

  private static CategoryIds published(StageHarness stage, List<CategoryInput> fields) {
    VocabularyCodec codec = new VocabularyCodec(SPEC, fields);
    CategoryIds ids = CategoryIds.initial(fields);
    for (byte[] part : stage.forwarded()) {
      ids = codec.decode(part).appliedTo(ids);
    }
    return ids;
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "text-" + n).toList();
  }
}
