package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Label;
import io.millrace.serde.AvroSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Labels that come by a topic, as records that nobody made for us. */
class UsersLabelsTest {
  private static final Schema VERDICT = new Schema.Parser().parse("""
          {"type": "record", "name": "com.acme.Verdict", "fields": [
            {"name": "card", "type": "string"},
            {"name": "payment", "type": ["null", "string"]},
            {"name": "fraud", "type": ["null", "boolean"]},
            {"name": "note", "type": "string"}]}
          """);
  private static final Schema BROKEN =
      new Schema.Parser().parse(VERDICT.toString().replace("\"boolean\"", "\"string\""));
  private static final int EVENTS = 8 * Toy.KEYS;

  @TempDir
  private Path dir;

  /** What the labels topic holds. */
  enum Form {
    OWN {
      @Override
      Map<String, String> settings(Path dir) {
        return Map.of();
      }

      @Override
      TestRecord<byte[], byte[]> label(int n) {
        return new TestRecord<>(
            Toy.key(n),
            AvroSerde.of(Label.class)
                .encode(new Label(Toy.id(n), Toy.BINARY.label(n), Instant.EPOCH)));
      }
    },
    JSON {
      @Override
      Map<String, String> settings(Path dir) {
        return Map.of(
            "label.format", "json", "label.id", "payment.id", "label.value", "verdict.fraud");
      }

      @Override
      TestRecord<byte[], byte[]> label(int n) {
        return new TestRecord<>(
            Toy.key(n), bytes("""
            {"payment": {"id": "%s"}, "verdict": {"fraud": %s, "by": "bank"}}""".formatted(Toy.id(n), Toy.BINARY.label(n) == 1)));
      }
    },
    AVRO {
      @Override
      Map<String, String> settings(Path dir) {
        try {
          Files.writeString(dir.resolve("0-broken.avsc"), BROKEN.toString());
          Files.writeString(dir.resolve("1-verdict.avsc"), VERDICT.toString());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return Map.of(
            "label.format", "avro",
            "label.schemas", dir.toString(),
            "label.key", "card",
            "label.id", "payment",
            "label.value", "fraud");
      }

      @Override
      TestRecord<byte[], byte[]> label(int n) {
        return verdict(VERDICT, n, Toy.BINARY.label(n) == 1);
      }
    };

    abstract Map<String, String> settings(Path dir);

    abstract TestRecord<byte[], byte[]> label(int n);
  }

  private static TestRecord<byte[], byte[]> verdict(Schema writer, int n, Object fraud) {
    GenericRecord record = new GenericRecordBuilder(writer)
        .set("card", new String(Toy.key(n), StandardCharsets.UTF_8))
        .set("payment", Toy.id(n))
        .set("fraud", fraud)
        .set("note", "")
        .build();
    try {
      var buffer =
          new BinaryMessageEncoder<GenericRecord>(new GenericData(), writer).encode(record);
      byte[] value = new byte[buffer.remaining()];
      buffer.get(value);
      return new TestRecord<>(bytes("whatever"), value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Flow flow(Form form) {
    Map<String, String> settings =
        new HashMap<>(Map.of("topic.labels", "labels", "label.wait", "10s", "window.size", "4"));
    settings.putAll(form.settings(dir));
    return new Flow(Toy.BINARY.settings(settings));
  }

  private static TestInputTopic<byte[], byte[]> labels(Flow flow) {
    return flow.driver.createInputTopic(
        "labels", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private List<String> targets(Form form) {
    try (Flow flow = flow(form)) {
      for (int n = 0; n < EVENTS; n++) {
        flow.events.pipeInput(Toy.key(n), Toy.BINARY.bytes(n, false, false), n);
      }
      for (int n = 0; n < EVENTS; n++) {
        labels(flow).pipeInput(form.label(n));
      }
      assertThat(flow.count("millrace.labels.joined")).isEqualTo(EVENTS);
      return flow.windows().stream()
          .map(window -> window.firstStep() + Arrays.toString(window.steps().targets()))
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatALabelTeachesIsTheSameWhoeversRecordItComesIn(Form form) {
    assertThat(targets(form)).hasSizeGreaterThan(Toy.KEYS).isEqualTo(targets(Form.OWN));
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aJsonRecordThatIsNoLabelBecomesADeadLetterWithItsReasonAndTheRestGoesOn() {
    try (Flow flow = flow(Form.JSON)) {
      flow.events.pipeInput(Toy.key(0), Toy.BINARY.bytes(0, false, false), 0);
      Stream.of(
              "garbage",
              "{\"verdict\": {\"fraud\": true}}",
              "{\"payment\": {\"id\": \"p\"}, \"verdict\": {\"fraud\": null}}",
              "{\"payment\": {\"id\": \"p\"}, \"verdict\": {\"fraud\": \"yes\"}}",
              "{\"payment\": {\"id\": \"p\"}, \"verdict\": {\"fraud\": 2}}")
          .forEach(json -> labels(flow).pipeInput(Toy.key(0), bytes(json), 1));
      labels(flow).pipeInput(Form.JSON.label(0));

      List<TestRecord<byte[], byte[]>> letters = flow.deadLetters.readRecordsToList();
      assertThat(letters)
          .extracting(letter -> header(letter, "millrace.reason"))
          .containsExactly("undecodable", "null-field", "null-field", "wrong-type", "wrong-type");
      assertThat(header(letters.get(1), "millrace.message"))
          .isEqualTo(
              "event rejected: field=id, actual=null. Send the id of its event in every label.");
      assertThat(flow.count("millrace.labels.joined")).isEqualTo(1);
    }
  }

  @Test
  void anAvroLabelOfAnIncompatibleWriterSaysWhichSettingItDoesNotFit() {
    try (Flow flow = flow(Form.AVRO)) {
      labels(flow).pipeInput(verdict(BROKEN, 0, "yes"));

      TestRecord<byte[], byte[]> letter = flow.deadLetters.readRecord();
      assertThat(header(letter, "millrace.reason")).isEqualTo("incompatible-schema");
      assertThat(header(letter, "millrace.message"))
          .startsWith(
              "event rejected: schema=com.acme.Verdict, setting=label.value, path=fraud: field is ")
          .endsWith(
              "Give the field a default in the last of label.schemas, or correct the sender.");
    }
  }
}
