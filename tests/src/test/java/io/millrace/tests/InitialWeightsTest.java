package io.millrace.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.schemas.Score;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.config.ConfigErrors;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.weights.ForeignWeightsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 8, Head.FORECAST);

  @TempDir
  private Path dir;

  /** A network whose every parameter has one value; of zeros, it forecasts that nothing changes. */
  private Map<String, String> file(float value) throws IOException {
    Path file = dir.resolve(value + ".safetensors");
    float[] values = new float[new ParameterLayout(SPEC).size()];
    Arrays.fill(values, value);
    WeightsFile.write(file, SPEC, MergedWeights.initial(values));
    return Map.of("model.initial", file.toString());
  }

  private static List<byte[]> published(Flow flow) {
    flow.driver.advanceWallClockTime(Duration.ofMillis(50));
    return flow.driver
        .createOutputTopic("weights", new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readValuesToList();
  }

  private static void send(Flow flow, byte[] part) {
    flow.driver
        .createInputTopic("weights", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(Flow.bytes("model/0"), part);
  }

  @Test
  void theFilesWeightsScoreBeforeAnythingIsLearned() throws IOException {
    try (Flow flow = new Flow(file(0))) {
      flow.score("a", 1, 3, 5);
      flow.score("a", 2, 4, 7);
      Score third = flow.score("a", 3, 1, 2);

      assertThat(third.getWeightsVersion()).isZero();
      assertThat(third.getPrediction().get(0)).isCloseTo(4, within(1e-6));
      assertThat(third.getPrediction().get(1)).isCloseTo(7, within(1e-6));
    }
  }

  @Test
  void anInstanceThatBeganWithOtherWeightsStops() throws IOException {
    try (Flow first = new Flow(file(0));
        Flow alike = new Flow(file(0));
        Flow other = new Flow(file(1));
        Flow seeded = new Flow(Map.of())) {
      List<byte[]> version0 = published(first);
      assertThat(version0).hasSize(1);

      send(alike, version0.get(0));
      assertThatThrownBy(() -> send(other, version0.get(0)))
          .hasRootCauseInstanceOf(ForeignWeightsException.class)
          .rootCause()
          .hasMessageMatching(
              "weights rejected: field=checksum of version 0, expected=\\d+,"
                  + " actual=\\d+\\. Restore the model's settings, or name a new topic.weights to begin from version 0\\.");
      assertThatThrownBy(() -> send(seeded, version0.get(0)))
          .hasRootCauseInstanceOf(ForeignWeightsException.class);
      assertThat(published(seeded)).as("a seed goes without saying").isEmpty();
    }
  }

  @Test
  void whatIsWrongWithTheFileIsToldAmongAllThatIsWrong() throws IOException {
    Path missing = dir.resolve("none.safetensors");

    assertThatThrownBy(() -> MillraceConfig.load(
            Optional.empty(),
            Map.of(),
            Map.of("model.inputs", "2", "window.idle", "91d", "model.initial", missing.toString())))
        .isInstanceOf(ConfigErrors.class)
        .hasMessageContaining("errors=2")
        .hasMessageContaining("weights file rejected: field=file, expected=a file, actual=none");
  }
}
