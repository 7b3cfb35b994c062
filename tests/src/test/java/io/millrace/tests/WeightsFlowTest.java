package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.serde.WeightsCodec;
import io.millrace.topology.weights.ForeignWeightsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.Test;

class WeightsFlowTest {
  private static final int RECORD_LIMIT = 1_048_576;

  private static List<byte[]> parts(ModelSpec spec, long version, long seed) {
    float[] values = Parameters.initial(spec, seed).toArray();
    MergedWeights weights =
        new MergedWeights(version, values, Map.of(0, version), 100, 0.5, Rollback.NONE);
    return new WeightsCodec(spec).encode(weights, 0);
  }

  private static TestInputTopic<byte[], byte[]> weights(Flow flow) {
    return flow.driver.createInputTopic(
        "weights", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(Flow flow, List<byte[]> parts) {
    TestInputTopic<byte[], byte[]> topic = weights(flow);
    for (int part = 0; part < parts.size(); part++) {
      topic.pipeInput(bytes("model/" + part), parts.get(part));
    }
  }

  @Test
  void twentyMegabytesOfWeightsArriveInPartsThatTheBrokerTakesAndCountOnlyWhenWhole() {
    try (Flow flow = new Flow(Map.of(
        "model.layers",
        "3",
        "model.hidden",
        "512",
        "kernel",
        "scalar",
        "learn.enabled",
        "false"))) {
      List<byte[]> parts = parts(flow.config().modelSpec(), 1, 7);
      flow.score("a", 1, 1, 2);
      flow.score("a", 2, 1, 3);

      send(flow, parts.subList(0, parts.size() - 1));
      long unfinished = flow.score("a", 3, 2, 1).getWeightsVersion();
      weights(flow).pipeInput(bytes("model/last"), parts.get(parts.size() - 1));
      long whole = flow.score("a", 4, 2, 1).getWeightsVersion();

      assertThat(parts.stream().mapToLong(part -> part.length).sum()).isGreaterThan(20_000_000);
      assertThat(parts).allSatisfy(part -> assertThat(part.length).isLessThan(RECORD_LIMIT));
      assertThat(unfinished).isZero();
      assertThat(whole).isEqualTo(1);
    }
  }

  @Test
  void theFormatOfTheWeightsMovesAPredictionAndOnlyALittle() {
    List<Double> predictions = new ArrayList<>();
    for (String format : List.of("f32", "bf16")) {
      try (Flow flow = new Flow(Map.of("kernel.weights", format))) {
        flow.score("a", 1, 1, 2);
        flow.score("a", 2, 3, 5);
        predictions.add(flow.score("a", 3, 2, 1).getPrediction().get(0));
      }
    }

    assertThat(predictions.get(1))
        .isNotEqualTo(predictions.get(0))
        .isCloseTo(predictions.get(0), within(1e-3));
  }

  @Test
  void anOlderVersionNeverTakesThePlaceOfANewerOne() {
    try (Flow flow = new Flow(Map.of("learn.enabled", "false"))) {
      send(flow, parts(flow.config().modelSpec(), 5, 7));
      send(flow, parts(flow.config().modelSpec(), 4, 8));

      assertThat(flow.version()).isEqualTo(5);
    }
  }

  @Test
  void damagedWeightsAreCountedAndTheVersionBeforeStays() {
    try (Flow flow = new Flow(Map.of("learn.enabled", "false"))) {
      send(flow, parts(flow.config().modelSpec(), 1, 7));
      byte[] damaged = parts(flow.config().modelSpec(), 2, 8).get(0);
      damaged[damaged.length / 2] ^= 1;
      weights(flow).pipeInput(bytes("model/0"), damaged);
      weights(flow).pipeInput(bytes("model/0"), bytes("garbage"));

      assertThat(flow.version()).isEqualTo(1);
      assertThat(flow.count("millrace.weights.rejected")).isEqualTo(2);
    }
  }

  @Test
  void anotherModelsWeightsAreRefusedByName() {
    ModelSpec other = new ModelSpec(Cell.LSTM, 2, 1, 16, Head.FORECAST);
    try (Flow flow = new Flow(Map.of())) {
      assertThatThrownBy(() -> send(flow, parts(other, 3, 1)))
          .hasRootCauseInstanceOf(ForeignWeightsException.class)
          .rootCause()
          .hasMessage("weights rejected: field=signature, expected=lstm-1x8-f2-forecast,"
              + " actual=lstm-1x16-f2-forecast. Restore the model's settings, or name a new"
              + " topic.weights to begin from version 0.");
    }
  }
}
