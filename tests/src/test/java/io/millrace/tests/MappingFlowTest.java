package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingFlowTest {
  private static final String OLD = """
      {"type": "record", "name": "com.acme.Reading", "fields": [
        {"name": "device", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "uid", "type": ["null", "string"]},
        {"name": "amps", "type": "int"},
        {"name": "motor", "type": ["null", {"type": "record", "name": "Motor", "fields": [
          {"name": "rpm", "type": "double"}]}]}]}
      """;

  /** Adds a field, removes one that may be missing, promotes one. */
  private static final String NEW = OLD.replace(
          "\"amps\", \"type\": \"int\"", "\"amps\", \"type\": \"double\"")
      .replace("{\"name\": \"uid\", \"type\": [\"null\", \"string\"]},", "")
      .replace(
          "{\"name\": \"device\"",
          "{\"name\": \"site\", \"type\": \"long\"}, {\"name\": \"device\"");

  private static final String BROKEN = OLD.replace("\"double\"", "\"string\"");

  @TempDir
  private Path dir;

  private final Schema old = new Schema.Parser().parse(OLD);
  private final Schema changed = new Schema.Parser().parse(NEW);
  private final Schema broken = new Schema.Parser().parse(BROKEN);

  @BeforeEach
  void schemasOfAllWriters() throws IOException {
    Files.writeString(dir.resolve("0-broken.avsc"), BROKEN);
    Files.writeString(dir.resolve("1-new.avsc"), NEW);
    Files.writeString(
        dir.resolve("2-reader.avsc"),
        OLD.replace("[\"null\", \"string\"]", "[\"null\", \"string\"], \"default\": null"));
  }

  private Map<String, String> settings() {
    return Map.of(
        "event.format", "avro",
        "event.schemas", dir.toString(),
        "event.key", "device",
        "event.time", "at",
        "event.id", "uid",
        "event.features", "amps, motor.rpm");
  }

  private static byte[] encoded(GenericRecord record) throws IOException {
    var buffer = new BinaryMessageEncoder<GenericRecord>(new GenericData(), record.getSchema())
        .encode(record);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private byte[] reading(Schema schema, long millis, double amps, Object rpm) throws IOException {
    Schema motor = schema.getField("motor").schema().getTypes().get(1);
    GenericRecordBuilder record = new GenericRecordBuilder(schema)
        .set("device", "d-1")
        .set("at", millis * 1000)
        .set("motor", new GenericRecordBuilder(motor).set("rpm", rpm).build());
    if (schema == changed) {
      record.set("site", 5L).set("amps", amps);
    } else {
      record.set("uid", "u" + millis).set("amps", (int) amps);
    }
    return encoded(record.build());
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void anUsersRecordIsScoredUnderItsOwnKeyTimeAndId() throws IOException {
    try (Flow flow = new Flow(settings())) {
      flow.events.pipeInput(bytes("whatever"), reading(old, 1_000, 3, 900.0), 5);

      TestRecord<byte[], Score> score = flow.scores.readRecord();
      assertThat(score.key()).isEqualTo(bytes("d-1"));
      assertThat(score.value().getTime()).isEqualTo(Instant.ofEpochMilli(1_000));
      assertThat(score.value().getId()).isEqualTo("u1000");
      assertThat(flow.keyStates().get(Bytes.wrap(bytes("d-1")))).isNotNull();
      assertThat(flow.config().modelSpec().features()).isEqualTo(2);
    }
  }

  @Test
  void writersThatChangeOneAfterTheOtherAreScoredOnWithOneMemory() throws IOException {
    List<Double> byRollingChange;
    List<Double> byOneSchema;
    try (Flow flow = new Flow(settings())) {
      for (int n = 0; n < 50; n++) {
        Schema writer = n > 10 && n % 2 == 0 || n > 40 ? changed : old;
        flow.events.pipeInput(bytes("d-1"), reading(writer, n, n % 7, n % 5 * 1.5), n);
      }
      byRollingChange = surprises(flow);
    }
    try (Flow flow = new Flow(settings())) {
      for (int n = 0; n < 50; n++) {
        flow.events.pipeInput(bytes("d-1"), reading(old, n, n % 7, n % 5 * 1.5), n);
      }
      byOneSchema = surprises(flow);
    }

    assertThat(byRollingChange).hasSize(50).isEqualTo(byOneSchema);
  }

  private static List<Double> surprises(Flow flow) {
    return flow.scores.readValuesToList().stream().map(Score::getSurprise).toList();
  }

  @Test
  void anIncompatibleWriterMakesDeadLettersThatSaySoAndTheRestGoesOn() throws IOException {
    try (Flow flow = new Flow(settings())) {
      flow.events.pipeInput(bytes("d-1"), reading(old, 1, 3, 900.0), 1);
      flow.events.pipeInput(bytes("d-1"), reading(broken, 2, 3, "fast"), 2);
      flow.events.pipeInput(bytes("d-1"), reading(changed, 3, 3, 900.0), 3);

      TestRecord<byte[], byte[]> letter = flow.deadLetters.readRecord();
      assertThat(header(letter, "millrace.reason")).isEqualTo("incompatible-schema");
      assertThat(header(letter, "millrace.message"))
          .startsWith(
              "event rejected: schema=com.acme.Reading, setting=event.features, path=motor.rpm: field is string");
      assertThat(flow.scores.readValuesToList().stream().map(Score::getSteps))
          .containsExactly(0L, 1L);
    }
  }

  @Test
  void jsonIsScoredAndWhatIsNoEventBecomesADeadLetterWithItsReason() {
    Map<String, String> settings = Map.of(
        "event.format", "json",
        "event.key", "card",
        "event.time", "at",
        "event.time.unit", "s",
        "event.features", "amount,place.abroad");
    try (Flow flow = new Flow(settings)) {
      Stream.of(
              "{\"card\": \"c\", \"at\": 1, \"amount\": 12.5, \"place\": {\"abroad\": true}}",
              "{\"card\": null, \"at\": 1, \"amount\": 12.5, \"place\": {\"abroad\": true}}",
              "{\"card\": \"c\", \"at\": 1, \"amount\": \"12\", \"place\": {\"abroad\": true}}",
              "{\"card\": \"c\", \"at\": 1, \"amount\": 12, \"place\": {}}",
              "{\"card\": \"c\", \"at\": 1, \"amount\": 1e999, \"place\": {\"abroad\": true}}",
              "{\"card\": \"c\", \"at\": 2, \"amount\": 12.5, \"place\": {\"abroad\": false}}")
          .forEach(json -> flow.events.pipeInput(null, bytes(json), 1));

      assertThat(flow.scores.readRecordsToList().stream()
              .map(score -> score.value().getTime()))
          .containsExactly(Instant.ofEpochSecond(1), Instant.ofEpochSecond(2));
      assertThat(flow.deadLetters.readRecordsToList().stream()
              .map(letter -> header(letter, "millrace.reason")))
          .containsExactly("null-key", "wrong-type", "missing-field", "non-finite");
    }
  }
}
