package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.CategoryInput;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.NewValuesCodec;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.score.DeadLetter;
import io.millrace.topology.weights.ForeignWeightsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyFlowTest {
  private static final List<String> WORDS = List.of("open", "read", "open", "close", "read");

  /** Of the next event. */
  private long time;

  private static Map<String, String> settings(String field, String... more) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "event.format", "json",
        "event.categories", "word",
        "event.end", "end",
        "model.inputs", "0",
        "model.head", "category",
        "model.categories", field));
    for (int n = 0; n < more.length; n += 2) {
      settings.put(more[n], more[n + 1]);
    }
    return settings;
  }

  private void send(Flow flow, String word, boolean end) {
    flow.events.pipeInput(
        bytes("k"), bytes("{\"word\": \"" + word + "\", \"end\": " + end + "}"), time++);
  }

  /** The ids that the words were scored by: the targets of the one window that they make. */
  private List<Integer> ids(Flow flow, List<String> words) {
    for (int n = 0; n < words.size(); n++) {
      send(flow, words.get(n), n == words.size() - 1);
    }
    float[] targets = flow.windows().get(0).steps().targets();
    List<Integer> ids = new ArrayList<>();
    for (float target : targets) {
      ids.add((int) target);
    }
    return ids;
  }

  private static double unknown(Flow flow) {
    return flow.meters.get("millrace.categories.unknown").counter().count();
  }

  private static List<TestRecord<byte[], byte[]>> read(Flow flow, String topic) {
    return flow.driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static void pipe(Flow flow, String topic, TestRecord<byte[], byte[]> record) {
    flow.driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record.key(), record.value(), 0);
  }

  private static void pipe(Flow flow, String topic, String key, byte[] value) {
    pipe(flow, topic, new TestRecord<>(bytes(key), value));
  }

  @Test
  void aTextIsUnknownWhenItIsFirstMetAndHasItsIdFromThenOn() {
    try (Flow flow = new Flow(settings("vocabulary:10"))) {
      assertThat(ids(flow, WORDS)).containsExactly(0, 0, 1, 0, 2);
      assertThat(ids(flow, WORDS)).containsExactly(1, 2, 1, 3, 2);
      assertThat(unknown(flow)).isEqualTo(3);
      assertThat(flow.gauge("millrace.vocabulary.values")).isEqualTo(3);
    }
  }

  @Test
  void aFullVocabularyTakesNoMoreAndNobodyAsks() {
    try (Flow flow = new Flow(settings("vocabulary:3"))) {
      ids(flow, WORDS);
      read(flow, "updates");

      assertThat(ids(flow, WORDS)).containsExactly(1, 2, 1, 0, 2);
      assertThat(read(flow, "updates"))
          .noneMatch(record ->
              new String(record.key(), StandardCharsets.UTF_8).startsWith("model/vocabulary/"));
    }
  }

  @Test
  void hashedTextsHaveTheirIdsFromTheStart() {
    try (Flow flow = new Flow(settings("hashed:1000", "learn.enabled", "true"))) {
      List<Integer> ids = ids(flow, WORDS);

      assertThat(ids).doesNotContain(0);
      assertThat(ids.get(2)).isEqualTo(ids.get(0));
      assertThat(unknown(flow)).isZero();
    }
  }

  @Test
  void anIdIsAskedForOnceASecondUntilItComes() {
    try (Flow flow = new Flow(settings("vocabulary:10", "stages", "score"))) {
      for (int n = 0; n < 20; n++) {
        send(flow, n % 2 == 0 ? "open" : "read", false);
      }
      assertThat(read(flow, "updates")).hasSize(2);

      flow.pass(Duration.ofMillis(950));
      send(flow, "open", false);
      assertThat(read(flow, "updates")).isEmpty();

      flow.pass(Duration.ofMillis(50));
      send(flow, "open", false);
      send(flow, "open", false);
      assertThat(read(flow, "updates")).hasSize(1);
      assertThat(unknown(flow)).isEqualTo(23);
    }
  }

  @Test
  void tasksThatMeetTextsInAnotherOrderHaveTheSameIds() {
    try (Flow one = new Flow(settings("vocabulary:10", "stages", "score"));
        Flow other = new Flow(settings("vocabulary:10", "stages", "score"));
        Flow merge = new Flow(settings("vocabulary:10", "stages", "merge"))) {
      send(one, "open", true);
      send(one, "read", true);
      send(other, "read", true);
      send(other, "close", true);
      read(other, "updates").forEach(request -> pipe(merge, "updates", request));
      read(one, "updates").forEach(request -> pipe(merge, "updates", request));
      read(merge, "weights").forEach(part -> {
        pipe(one, "weights", part);
        pipe(other, "weights", part);
      });
      one.windows();
      other.windows();

      assertThat(ids(one, WORDS)).containsExactly(3, 1, 3, 2, 1);
      assertThat(ids(other, WORDS)).containsExactly(3, 1, 3, 2, 1);
    }
  }

  @Test
  void withoutLearningNobodyGivesIdsAndTheUnknownAreCounted() {
    try (Flow flow = new Flow(settings("vocabulary:10", "learn.enabled", "false"))) {
      for (int n = 0; n < 4; n++) {
        send(flow, WORDS.get(n), false);
      }

      assertThat(flow.scores.readValuesToList()).hasSize(4);
      assertThat(unknown(flow)).isEqualTo(4);
      assertThat(read(flow, "updates")).isEmpty();
      assertThat(flow.config().requiredTopics()).doesNotContain("updates");
    }
  }

  @Test
  void aScoreStageByItselfNeedsTheTopicThatItAsksBy() {
    try (Flow asks = new Flow(settings("vocabulary:10", "stages", "score"));
        Flow asksNot = new Flow(settings("hashed:10", "stages", "score"))) {
      assertThat(asks.config().requiredTopics()).contains("updates");
      assertThat(asksNot.config().requiredTopics()).doesNotContain("updates");
    }
  }

  @Test
  void requestsAndVocabulariesThatCannotBeBelievedAreCountedAndChangeNothing() {
    try (Flow flow = new Flow(settings("vocabulary:10"))) {
      ids(flow, WORDS);
      List<CategoryInput> fields = flow.config().categoryFields();
      NewValuesCodec requests = new NewValuesCodec(flow.config().modelSpec(), fields);
      pipe(flow, "updates", "model/vocabulary/0", bytes("garbage"));
      pipe(flow, "updates", "model/vocabulary/0", requests.encode(1, List.of("a")));
      pipe(flow, "updates", "model/vocabulary/0", requests.encode(0, List.of("x".repeat(257))));
      VocabularyCodec parts = new VocabularyCodec(flow.config().modelSpec(), fields);
      Vocabulary other = Vocabulary.empty(10).with(List.of("open", "other", "third", "fourth"));
      pipe(flow, "weights", "model/vocabulary/0/0", bytes("garbage"));
      pipe(flow, "weights", "model/vocabulary/0/0", parts.encode(0, 0, other));

      assertThat(flow.count("millrace.updates.rejected")).isEqualTo(3);
      assertThat(flow.count("millrace.weights.rejected")).isEqualTo(2);
      assertThat(ids(flow, WORDS)).containsExactly(1, 2, 1, 3, 2);
    }
  }

  @Test
  void aVocabularyForAHashedFieldIsAnotherModels() {
    try (Flow grows = new Flow(settings("vocabulary:10"));
        Flow hashes = new Flow(settings("hashed:10"))) {
      ids(grows, WORDS);
      TestRecord<byte[], byte[]> part = read(grows, "weights").get(0);

      assertThatThrownBy(() -> pipe(hashes, "weights", part))
          .hasRootCauseInstanceOf(ForeignWeightsException.class)
          .rootCause()
          .hasMessage(
              "vocabulary rejected: field=signature, expected=lstm-1x8-f0-h10-category10, actual=lstm-1x8-f0-c10-category10."
                  + " Restore the model's settings, or name a new topic.weights to begin from version 0.");
    }
  }

  @Test
  void aFileToBeginWithBringsItsIdsAndTheyAreAnnounced(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("w.safetensors");
    MillraceConfig config = MillraceConfig.load(
        Optional.empty(), Map.of(), settings("vocabulary:10", "model.hidden", "8"));
    CategoryIds none = CategoryIds.initial(config.categoryFields());
    WeightsFile.write(
        file,
        config.modelSpec(),
        MergedWeights.initial(config.initialParameters().toArray()),
        none.with(0, none.vocabulary(0).with(List.of("close", "read"))));
    try (Flow begun = new Flow(settings("vocabulary:10", "model.initial", file.toString()));
        Flow other = new Flow(settings("vocabulary:10", "stages", "score"))) {
      assertThat(ids(begun, WORDS)).containsExactly(0, 2, 3, 1, 2);
      begun.pass(Duration.ofMillis(50));
      TestRecord<byte[], byte[]> announced = read(begun, "weights").stream()
          .filter(
              record -> new String(record.key(), StandardCharsets.UTF_8).contains("/vocabulary/"))
          .findFirst()
          .orElseThrow();
      pipe(other, "weights", announced);

      assertThat(ids(other, WORDS)).containsExactly(0, 2, 0, 1, 2);
    }
  }

  @Test
  void moreOrFewerCategoriesThanTheModelHasMakeADeadLetter() {
    Map<String, String> own =
        Map.of("model.inputs", "0", "model.categories", "vocabulary:9", "model.head", "category");
    try (Flow flow = new Flow(own)) {
      flow.events.pipeInput(bytes("k"), Flow.event(1, List.of("a", "b"), null, false), 1);

      assertThat(flow.deadLetters
              .readRecord()
              .headers()
              .lastHeader(DeadLetter.MESSAGE)
              .value())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("event rejected: field=categories, expected=1, actual=2. Send as many as"
              + " model.categories says.");
    }
  }
}
