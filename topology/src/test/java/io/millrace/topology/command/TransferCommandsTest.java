package io.millrace.topology.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WeightsAssembly;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.demo.SharedBroker;
import io.millrace.topology.demo.TestCluster;
import io.millrace.topology.run.StreamsRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
@ExtendWith(SharedBroker.class)
class TransferCommandsTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KEYS = 20;

  @TempDir
  private Path dir;

  private final StringWriter err = new StringWriter();
  private final Map<String, String> own = new HashMap<>();
  private int code;

  private Map<String, String> settings(TestCluster cluster) {
    Map<String, String> all = new HashMap<>(cluster.settings());
    all.putAll(Map.of(
        "model.inputs", "2",
        "model.hidden", "8",
        "window.size", "8",
        "window.idle", "1s",
        "state.dir", dir.resolve("state").toString()));
    all.putAll(own);
    return all;
  }

  private MillraceConfig config(TestCluster cluster) {
    return cluster.config(settings(cluster));
  }

  private String run(TestCluster cluster, String command, String... options) {
    List<String> args = new ArrayList<>(List.of(command));
    settings(cluster).forEach((name, value) -> args.addAll(List.of("--set", name + "=" + value)));
    args.addAll(List.of(options));
    StringWriter out = new StringWriter();
    CommandLine line = Millrace.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    code = Millrace.run(line, args.toArray(String[]::new));
    return out.toString();
  }

  private JsonNode done(String json) throws IOException {
    assertThat(code).as(err.toString()).isZero();
    return new ObjectMapper().readTree(json);
  }

  private static List<Double> features(int n) {
    Random noise = new Random(n);
    return List.of(Math.sin(n / 9.0) + 0.1 * noise.nextGaussian(), noise.nextGaussian());
  }

  private static void send(TestCluster cluster, int from, int count) {
    cluster.send(IntStream.range(from, from + count)
        .mapToObj(n -> new ProducerRecord<>(
            cluster.topic("events"),
            ("k" + n % KEYS).getBytes(UTF_8),
            EVENTS.encode(
                new Event(null, Instant.ofEpochMilli(n), features(n), List.of(), null, false))))
        .toList());
  }

  private static List<MergedWeights> versions(TestCluster cluster, ModelSpec spec) {
    WeightsAssembly assembly = new WeightsAssembly(spec);
    return cluster.read("weights", cluster.count("weights")).stream()
        .flatMap(part -> assembly.add(part.value()).stream())
        .toList();
  }

  private static MergedWeights newest(TestCluster cluster, ModelSpec spec) {
    List<MergedWeights> versions = versions(cluster, spec);
    return versions.get(versions.size() - 1);
  }

  /** Its forecast is that nothing changes. */
  private Path zeros(ModelSpec spec) throws IOException {
    Path file = dir.resolve("zeros.safetensors");
    WeightsFile.write(
        file, spec, MergedWeights.initial(new float[new ParameterLayout(spec).size()]));
    return file;
  }

  @Test
  void importedWeightsScoreFromThenOnAndAreLearnedOn(TestCluster cluster) throws IOException {
    cluster.createTopics(1);
    MillraceConfig config = config(cluster);
    ModelSpec spec = config.modelSpec();
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();
      send(cluster, 0, 1_000);
      await()
          .atMost(PATIENCE)
          .until(() ->
              cluster.count("weights") > 0 && newest(cluster, spec).stepsLearned() == 1_000 - KEYS);

      JsonNode imported = done(run(cluster, "import", "--in", zeros(spec).toString()));
      long version = imported.path("version").asLong();
      await()
          .atMost(PATIENCE)
          .until(() -> runner.meters().find("millrace.weights.version").gauge().value() == version);
      send(cluster, 1_000, 2 * KEYS);
      await().atMost(PATIENCE).until(() -> newest(cluster, spec).stepsLearned() == 2 * KEYS);

      List<Score> scores = cluster.read("scores", 1_000 + 2 * KEYS).stream()
          .map(record -> SCORES.decode(record.value()))
          .toList();
      assertThat(scores.stream().filter(score -> score.getWeightsVersion() == version))
          .isNotEmpty()
          .allSatisfy(score -> assertThat(distance(score)).isLessThan(1e-6));
      assertThat(scores.stream().filter(score -> score.getWeightsVersion() < version))
          .anySatisfy(score -> assertThat(distance(score)).isGreaterThan(1e-3));
    }
    List<MergedWeights> versions = versions(cluster, spec);
    assertThat(versions)
        .extracting(MergedWeights::version)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, versions.size()).boxed().toList());
    assertThat(newest(cluster, spec).values())
        .isNotEqualTo(new float[versions.get(0).values().length]);
  }

  /** Of a forecast from the key's last event, whose features the number of the event tells. */
  private static double distance(Score score) {
    int n = (int) score.getTime().toEpochMilli();
    if (n < KEYS) {
      return 0;
    }
    List<Double> last = features(n - KEYS);
    return Math.hypot(
        score.getPrediction().get(0) - last.get(0), score.getPrediction().get(1) - last.get(1));
  }

  @Test
  void anExportedVersionComesBackBitForBitThroughAMergeStageThatStartsLater(TestCluster cluster)
      throws IOException {
    cluster.createTopics(1);
    MillraceConfig config = config(cluster);
    Path zeros = zeros(config.modelSpec());
    Path out = dir.resolve("model.safetensors");
    done(run(cluster, "import", "--in", zeros.toString(), "--wait", "0"));
    assertThat(cluster.count("weights")).isZero();
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();
      await().atMost(PATIENCE).until(() -> cluster.count("weights") == 1);
    }

    JsonNode exported = done(run(cluster, "export", "--out", out.toString()));

    assertThat(exported.path("version").asLong()).isEqualTo(1);
    assertThat(exported.path("stepsLearned").asLong()).isZero();
    assertThat(exported.path("loss").isNull()).isTrue();
    assertThat(WeightsFile.read(out, config.modelSpec(), List.of()).parameters().toArray())
        .isEqualTo(
            WeightsFile.read(zeros, config.modelSpec(), List.of()).parameters().toArray());

    run(cluster, "export", "--out", out.toString(), "--version", "7");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("export rejected: topic=" + cluster.topic("weights")
            + ", expected=version 7, actual=versions from 1 to 1. Nothing was written.");
  }

  @Test
  void whatCannotBeTakenOverIsToldAndChangesNothing(TestCluster cluster) throws IOException {
    cluster.createTopics(1);
    Path file = zeros(config(cluster).modelSpec());

    run(cluster, "import", "--in", file.toString(), "--set", "model.hidden=9");
    run(cluster, "import", "--in", file.toString(), "--set", "learn.enabled=false");
    run(cluster, "export", "--out", dir.resolve("out").toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("field=signature, expected=lstm-1x9-f2-forecast, actual=lstm-1x8-f2-forecast")
        .contains("import rejected: setting=learn.enabled, expected=true, actual=false.")
        .contains("expected=a version, actual=none learned yet. Nothing was written.");
    assertThat(cluster.count("updates")).isZero();
    assertThat(dir.resolve("out")).doesNotExist();

    run(cluster, "import", "--in", file.toString(), "--wait", "1");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("import not taken over yet: waited=1 s, topic=");
  }

  /** @param texts of the file's vocabulary */
  private Path categoriesFile(MillraceConfig config, String... texts) throws IOException {
    CategoryIds none = CategoryIds.initial(config.categoryFields());
    Path file = dir.resolve(String.join("-", texts) + ".safetensors");
    WeightsFile.write(
        file,
        config.modelSpec(),
        MergedWeights.initial(new float[new ParameterLayout(config.modelSpec()).size()]),
        none.with(0, none.vocabulary(0).with(List.of(texts))));
    return file;
  }

  @Test
  void anImportBringsItsVocabularyAndOneOfOtherIdsIsRefused(TestCluster cluster)
      throws IOException {
    cluster.createTopics(1);
    own.putAll(
        Map.of("model.inputs", "0", "model.categories", "vocabulary:9", "model.head", "category"));
    MillraceConfig config = config(cluster);
    Path out = dir.resolve("out.safetensors");
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();

      done(run(cluster, "import", "--in", categoriesFile(config, "a", "b").toString()));
      done(run(cluster, "import", "--in", categoriesFile(config, "a", "b", "c").toString()));
      done(run(cluster, "import", "--in", categoriesFile(config, "a").toString()));
      done(run(cluster, "export", "--out", out.toString()));
      run(cluster, "import", "--in", categoriesFile(config, "a", "c", "b").toString());
    }

    assertThat(WeightsFile.read(out, config.modelSpec(), config.categoryFields(), List.of())
            .ids()
            .vocabulary(0)
            .values())
        .containsExactly("a", "b", "c");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("import rejected: field=id 2 of vocabulary.0, expected=b, actual=c. The weights"
            + " were learned with other ids; begin with them instead, by model.initial and a new"
            + " topic.weights.");
  }
}
