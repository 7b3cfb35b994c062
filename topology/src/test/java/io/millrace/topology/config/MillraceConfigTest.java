package io.millrace.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MillraceConfigTest {
  @TempDir
  private Path dir;

  private static MillraceConfig load(Map<String, String> sets) {
    return MillraceConfig.load(Optional.empty(), Map.of(), sets);
  }

  @Test
  void defaultsAreThese() {
    MillraceConfig config = load(Map.of("model.inputs", "4"));

    assertThat(config.modelSpec().signature()).isEqualTo("lstm-1x64-f4-forecast");
    assertThat(config.streamsProperties())
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", 100L)
        .containsEntry("producer.batch.size", 131072);
    assertThat(config.stateStore()).isEqualTo(StateStore.ROCKSDB);
    assertThat(config.kernel()).isEqualTo("auto");
  }

  @Test
  void scoresDoNotWaitForOthersWhereTheyAreReadableAtOnce() {
    MillraceConfig atLeastOnce =
        load(Map.of("model.inputs", "4", "processing.guarantee", "at_least_once"));
    MillraceConfig exactlyOnce = load(Map.of("model.inputs", "4"));
    MillraceConfig users = load(Map.of(
        "model.inputs", "4", "processing.guarantee", "at_least_once", "producer.linger.ms", "50"));

    assertThat(atLeastOnce.streamsProperties()).containsEntry("producer.linger.ms", 2);
    assertThat(exactlyOnce.streamsProperties()).doesNotContainKey("producer.linger.ms");
    assertThat(users.streamsProperties()).containsEntry("producer.linger.ms", "50");
  }

  @Test
  void partitionsOfATaskAreKeptInStepWhereItHasTwo() {
    MillraceConfig plain = load(Map.of("model.inputs", "4"));
    MillraceConfig labelled = load(Map.of(
        "model.inputs", "4", "model.head", "binary", "topic.labels", "labels", "label.wait", "1s"));

    assertThat(plain.streamsProperties()).containsEntry("max.task.idle.ms", -1L);
    assertThat(labelled.streamsProperties()).doesNotContainKey("max.task.idle.ms");
  }

  @Test
  void commitsAreFarApartWhereNoScoreWaitsForThem() {
    Map<String, String> atLeastOnce =
        Map.of("model.inputs", "4", "processing.guarantee", "at_least_once");
    Map<String, String> users = new HashMap<>(atLeastOnce);
    users.put("commit.interval", "1s");

    assertThat(load(atLeastOnce).streamsProperties()).containsEntry("commit.interval.ms", 5000L);
    assertThat(load(Map.of("model.inputs", "4")).streamsProperties())
        .containsEntry("commit.interval.ms", 100L);
    assertThat(load(users).streamsProperties()).containsEntry("commit.interval.ms", 1000L);
  }

  @Test
  void aMemberThatComesBackHasItsNameAndItsSession() {
    MillraceConfig config = load(Map.of(
        "model.inputs", "4",
        "instance.id", "blue",
        "session.timeout", "6s",
        "standby.replicas", "1"));

    assertThat(config.isStaticMember()).isTrue();
    assertThat(config.streamsProperties())
        .containsEntry("consumer.group.instance.id", "blue")
        .containsEntry("consumer.session.timeout.ms", 6_000)
        .containsEntry("consumer.heartbeat.interval.ms", 2_000)
        .containsEntry("num.standby.replicas", 1);
    assertThat(load(Map.of("model.inputs", "4")).isStaticMember()).isFalse();
  }

  @Test
  void everySettingHasThisDefault() {
    Map<String, Object> defaults = new TreeMap<>();
    Settings.DEFINITION.configKeys().forEach((name, key) -> defaults.put(name, key.defaultValue));

    assertThat(defaults)
        .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
            Map.entry("application.id", "millrace"),
            Map.entry("auto.register.schemas", true),
            Map.entry("basic.auth.credentials.source", "URL"),
            Map.entry("basic.auth.user.info", new Password("")),
            Map.entry("batch.max.wait", "100ms"),
            Map.entry("batch.windows", 16),
            Map.entry("bootstrap.servers", "localhost:9092"),
            Map.entry("commit.interval", ""),
            Map.entry("event.categories", List.of()),
            Map.entry("event.encoding", "auto"),
            Map.entry("event.end", ""),
            Map.entry("event.features", List.of()),
            Map.entry("event.format", "millrace"),
            Map.entry("event.id", ""),
            Map.entry("event.key", ""),
            Map.entry("event.label", ""),
            Map.entry("event.late", "score"),
            Map.entry("event.schemas", List.of()),
            Map.entry("event.time", ""),
            Map.entry("event.time.unit", "ms"),
            Map.entry("instance.id", ""),
            Map.entry("kernel", "auto"),
            Map.entry("kernel.weights", "f32"),
            Map.entry("learn.enabled", true),
            Map.entry("learn.max.lag", 0L),
            Map.entry("learn.max.pending", 16384L),
            Map.entry("learn.partitions", 1),
            Map.entry("learn.share", 0.1),
            Map.entry("learn.thread", "own"),
            Map.entry("learn.yield.after", "500ms"),
            Map.entry("merge.explosion", 20.0),
            Map.entry("merge.max.wait", "500ms"),
            Map.entry("merge.momentum", 0.0),
            Map.entry("merge.presence", 8L),
            Map.entry("merge.rate", 1.0),
            Map.entry("model.builtins", List.of()),
            Map.entry("model.categories", List.of()),
            Map.entry("model.cell", "lstm"),
            Map.entry("model.head", "forecast"),
            Map.entry("model.hidden", 64),
            Map.entry("model.initial", ""),
            Map.entry("model.initial.prefix", List.of()),
            Map.entry("model.inputs", ConfigDef.NO_DEFAULT_VALUE),
            Map.entry("model.label.feedback", false),
            Map.entry("model.layers", 1),
            Map.entry("model.name", "model"),
            Map.entry("model.seed", 1L),
            Map.entry("normalize.horizon", 2000),
            Map.entry("optimizer", "adam"),
            Map.entry("optimizer.beta1", 0.9),
            Map.entry("optimizer.beta2", 0.999),
            Map.entry("optimizer.clip.norm", 1.0),
            Map.entry("optimizer.decay", "none"),
            Map.entry("optimizer.decay.horizon", 100_000.0),
            Map.entry("optimizer.epsilon", 1e-8),
            Map.entry("optimizer.momentum", 0.9),
            Map.entry("optimizer.rate", 0.003),
            Map.entry("optimizer.warmup", 20L),
            Map.entry("optimizer.weight.decay", 0.0),
            Map.entry("processing.guarantee", "exactly_once_v2"),
            Map.entry("rocksdb.memory.bytes", 268435456L),
            Map.entry("rocksdb.memtable.bytes", 67108864L),
            Map.entry("rollback.horizon", 200_000L),
            Map.entry("rollback.patience", 10_000L),
            Map.entry("rollback.threshold", 1.0),
            Map.entry("schema.registry.timeout", "30s"),
            Map.entry("schema.registry.url", List.of()),
            Map.entry("score.horizon", 2000),
            Map.entry("score.peak", 2000),
            Map.entry("score.quiet", 200),
            Map.entry("score.range", 4000),
            Map.entry("score.recent", 3),
            Map.entry("score.warmup", 100),
            Map.entry("sequence.gap", "36500d"),
            Map.entry("session.timeout", "45s"),
            Map.entry("stages", List.of("all")),
            Map.entry("standby.replicas", 0),
            Map.entry("state.dir", ""),
            Map.entry("state.encoding", "f16"),
            Map.entry("state.expiry.interval", "10s"),
            Map.entry("state.expiry.rows", 1000),
            Map.entry("state.cache.bytes", -1L),
            Map.entry("state.store", "rocksdb"),
            Map.entry("state.ttl", "90d"),
            Map.entry("sync.interval", "500ms"),
            Map.entry("sync.steps", 256),
            Map.entry("topic.control", "control"),
            Map.entry("topic.dead-letters", "dead-letters"),
            Map.entry("topic.events", "events"),
            Map.entry("topic.labels", ""),
            Map.entry("topic.scores", "scores"),
            Map.entry("topic.updates", "updates"),
            Map.entry("topic.weights", "weights"),
            Map.entry("topic.windows", "windows"),
            Map.entry("update.in.flight", 8),
            Map.entry("update.max.staleness", 16L),
            Map.entry("window.idle", "30s"),
            Map.entry("label.encoding", "auto"),
            Map.entry("label.format", "millrace"),
            Map.entry("label.id", ""),
            Map.entry("label.key", ""),
            Map.entry("label.schemas", List.of()),
            Map.entry("label.value", ""),
            Map.entry("label.wait", "0s"),
            Map.entry("window.size", 32)));
  }

  @Test
  void laterLayersWin() throws Exception {
    Path file = Files.writeString(
        dir.resolve("m.properties"), "model.inputs=1\nmodel.hidden=10\nmodel.layers=2\n");
    Map<String, String> environment =
        Map.of("MILLRACE_MODEL_HIDDEN", "20", "MILLRACE_MODEL_LAYERS", "3");

    MillraceConfig config =
        MillraceConfig.load(Optional.of(file), environment, Map.of("model.layers", "4"));

    assertThat(config.modelSpec().signature()).isEqualTo("lstm-4x20-f1-forecast");
  }

  @Test
  void everyErrorIsToldAtOnce() {
    ConfigErrors errors = catchThrowableOfType(
        ConfigErrors.class,
        () -> load(Map.of(
            "model.hiden", "3", "state.ttl", "soon", "kernel", "fast", "model.layers", "0")));

    assertThat(errors.errors()).hasSize(5);
    assertThat(errors)
        .hasMessageContaining("setting=model.hiden: unknown. Did you mean model.hidden?")
        .hasMessageContaining("setting=state.ttl:")
        .hasMessageContaining("setting=kernel:")
        .hasMessageContaining("setting=model.layers:")
        .hasMessageContaining("setting=model.inputs:");
  }

  @Test
  void settingsUnderAPrefixPassThrough() {
    MillraceConfig config = load(
        Map.of("model.inputs", "1", "streams.num.stream.threads", "3", "producer.linger.ms", "0"));

    assertThat(config.streamsProperties())
        .containsEntry("num.stream.threads", "3")
        .containsEntry("producer.linger.ms", "0");
  }

  @Test
  void aMissingFileIsAnError() {
    assertThatThrownBy(() ->
            MillraceConfig.load(Optional.of(dir.resolve("no.properties")), Map.of(), Map.of()))
        .isInstanceOf(ConfigErrors.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void settingsThatDoNotGoTogetherAreToldAtOnce() {
    Map<String, String> sets = new TreeMap<>(Map.of(
        "model.inputs", "4",
        "optimizer.rate", "-1",
        "rollback.horizon", "5",
        "window.idle", "2h",
        "state.ttl", "1h",
        "update.in.flight", "9",
        "update.max.staleness", "7"));

    assertThat(catchThrowableOfType(ConfigErrors.class, () -> load(sets)).errors())
        .containsExactly(
            "optimizer settings rejected: field=rate, expected=above 0, actual=-1.0.",
            "rollback settings rejected: field=horizon, expected=above 10000, actual=5.",
            "setting=window.idle: 7200000 ms, must be shorter than state.ttl, 3600000 ms: a forgotten key's window could"
                + " not be cut.",
            "setting=update.in.flight: 9, must be at most update.max.staleness + 1, 8: a worker alone would have its own"
                + " updates dropped.");
  }
}
