package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.config.MillraceConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MillraceConfig config(Optional<Path> file, Map<String, String> sets) {
    Map<String, String> values = new HashMap<>(sets);
    values.put("state.store", "memory");
    values.put("processing.guarantee", "at_least_once");
    return MillraceConfig.load(file, Map.of(), values);
  }

  private static List<TestRecord<byte[], Score>> scores(
      MillraceConfig config, Supplier<? extends EventMapper> mappers, List<byte[]> events) {
    var topology =
        MillraceTopology.build(config, new ScalarKernel(), new SimpleMeterRegistry(), mappers);
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, config.streamsProperties())) {
      var in = driver.createInputTopic(
          config.topics().events(), new ByteArraySerializer(), new ByteArraySerializer());
      var out = driver.createOutputTopic(
          config.topics().scores(),
          new ByteArrayDeserializer(),
          AvroSerde.of(Score.class).deserializer());
      events.forEach(in::pipeInput);
      return out.readRecordsToList();
    }
  }

  private static byte[] reading(String version, String json) throws IOException {
    Schema schema = new Schema.Parser()
        .parse(Path.of("sensors", "schemas", "reading-" + version + ".avsc").toFile());
    GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().jsonDecoder(schema, json));
    var buffer = new BinaryMessageEncoder<GenericRecord>(new GenericData(), schema).encode(record);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Test
  void readingsOfBothVersionsAreScoredByTheSensorsConfiguration() throws IOException {
    MillraceConfig config = config(
        Optional.of(Path.of("sensors", "sensors.properties")),
        Map.of("event.schemas", "sensors/schemas"));
    List<byte[]> events = List.of(reading("1", """
            {"uid": "a", "measuredAt": 1000, "machine": {"serial": "m-1", "site": "north"}, "temperature": 20.5,
             "motor": {"current": 3, "speed": 900}, "doorOpen": false}"""), reading("2", """
            {"uid": "b", "measuredAt": 2000, "machine": {"serial": "m-1"}, "temperature": 20.75,
             "motor": {"com.example.plant.Motor": {"current": 3.25, "speed": 910}}, "doorOpen": true, "energy": "\\u0001"}"""));

    List<TestRecord<byte[], Score>> scores = scores(config, config.eventMappers(), events);

    assertThat(scores).extracting(score -> score.value().getId()).containsExactly("a", "b");
    assertThat(scores).extracting(score -> score.value().getSteps()).containsExactly(0L, 1L);
    assertThat(scores.get(0).key()).isEqualTo(utf8("m-1"));
  }

  @Test
  void paymentsAreScoredByTheCardsConfiguration() {
    MillraceConfig config = config(Optional.of(Path.of("cards", "cards.properties")), Map.of());
    List<byte[]> events = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      events.add(utf8("""
          {"id": "p%d", "at": %d, "card": {"token": "c-1"}, "amount": 12.5,
           "place": {"distance": 3, "abroad": false}, "lastOfSession": %b}""".formatted(n, n, n == 1)));
    }

    assertThat(scores(config, config.eventMappers(), events))
        .extracting(score -> score.value().getRestarted())
        .containsExactly(true, false, true);
  }

  @Test
  void fraudIsPredictedByTheFraudConfigurationFromCategoriesAndWhatWasTrueBefore() {
    MillraceConfig config =
        config(Optional.of(Path.of("fraud", "fraud.properties")), Map.of("model.hidden", "8"));
    List<String> labels = List.of("false", "true", "null", "false", "\"yes\"");
    List<byte[]> events = new ArrayList<>();
    for (int n = 0; n < labels.size(); n++) {
      events.add(utf8("""
          {"id": "p%d", "at": %d, "card": {"token": "c-1"}, "amount": 12.5, "shop": "s-%d", "contactless": true,
           "place": {"distance": 3, "country": "NL"}, "fraud": %s}""".formatted(n, 60 * n, n, labels.get(n))));
    }

    List<TestRecord<byte[], Score>> scores = scores(config, config.eventMappers(), events);

    assertThat(config.modelSpec().signature())
        .isEqualTo("lstm-1x8-f2-gap-hour-h4096e16-c256-c3-feedback-binary");
    assertThat(scores)
        .as("a label that is no number is refused")
        .extracting(score -> score.value().getId())
        .containsExactly("p0", "p1", "p2", "p3");
    assertThat(scores).allSatisfy(score -> {
      assertThat(score.value().getPrediction()).hasSize(1);
      assertThat(score.value().getPrediction().get(0)).isBetween(0.2, 0.8);
    });
    assertThat(scores.get(2).value().getSurprise()).as("label unknown").isZero();
  }

  @Test
  void linesAreScoredByAMapperOfOnesOwn() {
    MillraceConfig config = config(Optional.empty(), Map.of("model.inputs", "2"));
    List<byte[]> events = List.of(
        utf8("p-1;2026-01-02T03:04:05Z;3.1;900"),
        utf8("p-1;yesterday;3.1;900"),
        utf8("p-1;2026-01-02T03:04:06Z;3.1;0"));

    List<TestRecord<byte[], Score>> scores = scores(config, PumpLines::new, events);

    assertThat(scores)
        .extracting(score -> score.value().getTime())
        .containsExactly(
            Instant.parse("2026-01-02T03:04:05Z"), Instant.parse("2026-01-02T03:04:06Z"));
    assertThat(scores.get(1).key()).isEqualTo(utf8("p-1"));
  }
}
