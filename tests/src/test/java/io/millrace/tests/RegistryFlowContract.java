package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Label;
import io.millrace.schemas.Score;
import io.millrace.serde.registry.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole topology with a registry, whoever made that. */
@Timeout(120)
abstract class RegistryFlowContract {
  private static final int NOBODYS_ID = 2_000_000;

  private static final String FIRST = """
      {"type": "record", "name": "com.acme.Reading", "fields": [
        {"name": "device", "type": "string"},
        {"name": "amps", "type": "int"},
        {"name": "volts", "type": "double"}]}
      """;

  /** What the application expects: the mapping was written for it. */
  private static final String READER =
      FIRST.replace("\"double\"}", "\"double\", \"default\": 1.5}");

  /** Of the schema, while writers with the one before still run. */
  enum Change {
    FIELD_ADDED(FIRST.replace(
        "\"fields\": [", "\"fields\": [{\"name\": \"site\", \"type\": \"long\", \"default\": 0},")),
    FIELD_REMOVED(FIRST.replace(",\n  {\"name\": \"volts\", \"type\": \"double\"}", "")),
    TYPE_PROMOTED(FIRST.replace("int", "double"));

    private final Schema schema;

    Change(String schema) {
      this.schema = new Schema.Parser().parse(schema);
    }
  }

  @TempDir
  private Path dir;

  private final Schema first = new Schema.Parser().parse(FIRST);

  abstract TestRegistry registry();

  final Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Map.of(
        "event.format", "avro",
        "schema.registry.url", registry().url().toString(),
        "event.key", "device",
        "event.features", "amps,volts"));
    try {
      settings.put(
          "event.schemas", Files.writeString(dir.resolve("reader.avsc"), READER).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  private int register(Schema schema) {
    return registry().register("events-value", schema);
  }

  private static byte[] confluent(int id, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** 1.5 volts, whether or not the writer says so. */
  private static byte[] reading(int id, Schema writer, int amps) throws IOException {
    GenericRecordBuilder record = new GenericRecordBuilder(writer).set("device", "d");
    boolean promoted = writer.getField("amps").schema().getType() == Schema.Type.DOUBLE;
    if (promoted) {
      record.set("amps", (double) amps);
    } else {
      record.set("amps", amps);
    }
    if (writer.getField("volts") != null) {
      record.set("volts", 1.5);
    }
    return confluent(id, record.build());
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static TestOutputTopic<byte[], byte[]> scores(Flow flow) {
    return flow.driver.createOutputTopic(
        "scores", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Test
  void eventsComeAndScoresLeaveInTheConfluentFormat() throws IOException {
    int id = register(first);
    try (Flow flow = new Flow(settings())) {
      flow.events.pipeInput(bytes("x"), reading(id, first, 1), 1);

      TestRecord<byte[], byte[]> score = scores(flow).readRecord();
      assertThat(score.key()).isEqualTo(bytes("d"));
      assertThat(score.value()[0]).isZero();
      assertThat(registry().idOf("scores-value", Score.getClassSchema()))
          .hasValue(ByteBuffer.wrap(score.value()).getInt(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void writersThatChangeOneAfterTheOtherAreScoredOnWithOneMemory(Change change) throws IOException {
    int firstId = register(first);
    int changedId = register(change.schema);

    byte[][] byFirst = new byte[30][];
    byte[][] byBoth = new byte[30][];
    for (int n = 0; n < 30; n++) {
      boolean changed = n > 20 || n > 10 && n % 2 == 0;
      byFirst[n] = reading(firstId, first, n % 7);
      byBoth[n] = changed ? reading(changedId, change.schema, n % 7) : byFirst[n];
    }

    assertThat(scoresOf(byBoth)).hasSize(30).containsExactlyElementsOf(scoresOf(byFirst));
  }

  private List<byte[]> scoresOf(byte[][] events) {
    try (Flow flow = new Flow(settings())) {
      for (int n = 0; n < events.length; n++) {
        flow.events.pipeInput(bytes("x"), events[n], n);
      }
      assertThat(flow.deadLetters.isEmpty()).isTrue();
      return scores(flow).readValuesToList();
    }
  }

  @Test
  void anIncompatibleWriterAndAnUnknownOneMakeDeadLettersThatSaySoAndTheRestGoesOn()
      throws IOException {
    Schema broken = new Schema.Parser().parse(FIRST.replace("\"int\"", "\"string\""));
    int firstId = register(first);
    int brokenId = register(broken);
    byte[] fromBroken = confluent(
        brokenId,
        new GenericRecordBuilder(broken)
            .set("device", "d")
            .set("amps", "many")
            .set("volts", 1.5)
            .build());
    try (Flow flow = new Flow(settings())) {
      for (byte[] event : List.of(
          reading(firstId, first, 1),
          fromBroken,
          reading(NOBODYS_ID, first, 3),
          reading(firstId, first, 2))) {
        flow.events.pipeInput(bytes("x"), event, 1);
      }

      assertThat(scores(flow).readValuesToList()).hasSize(2);
      List<TestRecord<byte[], byte[]>> letters = flow.deadLetters.readRecordsToList();
      assertThat(letters)
          .extracting(letter -> header(letter, "millrace.reason"))
          .containsExactly("incompatible-schema", "unknown-schema");
      assertThat(letters)
          .extracting(letter -> header(letter, "millrace.message"))
          .satisfiesExactly(
              message -> assertThat(message)
                  .startsWith(
                      "event rejected: schema=com.acme.Reading, setting=event.features, path=amps: field is string"),
              message -> assertThat(message)
                  .isEqualTo(
                      "event rejected: field=schema id, id=" + NOBODYS_ID
                          + ", actual=not registered. Register the writer's schema before its events come."));
    }
  }

  private Flow binary(Map<String, String> more) {
    Map<String, String> settings = settings();
    settings.putAll(Map.of("event.id", "device", "model.head", "binary", "topic.labels", "labels"));
    settings.putAll(more);
    return new Flow(settings);
  }

  private void assertJoined(Flow flow, byte[] label) throws IOException {
    flow.events.pipeInput(bytes("x"), reading(register(first), first, 1), 1);
    flow.driver
        .createInputTopic("labels", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(bytes("d"), label, 2);
    assertThat(flow.count("millrace.labels.joined")).isEqualTo(1);
  }

  @Test
  void usersLabelsComeInTheConfluentFormatToo() throws IOException {
    Schema verdict = SchemaBuilder.record("com.acme.Verdict")
        .fields()
        .requiredString("payment")
        .requiredBoolean("fraud")
        .endRecord();
    GenericRecord label =
        new GenericRecordBuilder(verdict).set("payment", "d").set("fraud", true).build();
    int id = registry().register("labels-value", verdict);
    try (Flow flow =
        binary(Map.of("label.format", "avro", "label.id", "payment", "label.value", "fraud"))) {
      assertJoined(flow, confluent(id, label));
    }
  }

  @Test
  void ourOwnLabelsComeInTheConfluentFormatToo() throws IOException {
    Schema schema = Label.getClassSchema();
    GenericRecord label = new GenericRecordBuilder(schema)
        .set("id", "d")
        .set("value", 1.0)
        .set("time", 0L)
        .build();
    int id = registry().register("own-labels-value", schema);
    try (Flow flow = binary(Map.of())) {
      assertJoined(flow, confluent(id, label));
    }
  }

  @Test
  void scoresWhoseSchemaIsMissingAndMayNotBeRegisteredStopTheStartAndSayWhatToDo() {
    Map<String, String> settings = settings();
    settings.put("auto.register.schemas", "false");
    settings.put("topic.scores", "unregistered");

    assertThatThrownBy(() -> new Flow(settings))
        .hasStackTraceContaining(
            "schema registry failed: subject=unregistered-value, schema=io.millrace.schemas.Score, actual=not registered. Register it, or set auto.register.schemas=true.");
    registry().register("unregistered-value", Score.getClassSchema());
    new Flow(settings).close();
  }

  @Test
  void aRegistryThatIsAwayStopsTheTaskAndMakesNoDeadLetter() throws IOException {
    int id = register(first);
    int unseen = register(Change.FIELD_ADDED.schema);
    Map<String, String> impatient = settings();
    impatient.put("schema.registry.timeout", "3s");
    try (Flow flow = new Flow(impatient)) {
      flow.events.pipeInput(bytes("x"), reading(id, first, 1), 1);
      registry().stop();

      flow.events.pipeInput(bytes("x"), reading(id, first, 2), 2);
      assertThatThrownBy(() ->
              flow.events.pipeInput(bytes("x"), reading(unseen, Change.FIELD_ADDED.schema, 3), 3))
          .hasStackTraceContaining("schema registry failed: url=" + registry().url());
      assertThat(scores(flow).readValuesToList()).hasSize(2);
      assertThat(flow.deadLetters.isEmpty()).isTrue();
    } finally {
      registry().start();
    }
  }
}
