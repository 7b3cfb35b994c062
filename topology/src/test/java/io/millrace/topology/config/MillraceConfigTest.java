package io.millrace.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
}
