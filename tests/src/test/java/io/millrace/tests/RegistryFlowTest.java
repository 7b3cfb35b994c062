package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Score;
import io.millrace.serde.registry.FakeRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RegistryFlowTest {
  private static final Schema OLD = SchemaBuilder.record("com.acme.Reading")
      .fields()
      .requiredString("device")
      .requiredInt("amps")
      .requiredDouble("volts")
      .endRecord();

  /** One field more, one type wider. */
  private static final Schema NEW = SchemaBuilder.record("com.acme.Reading")
      .fields()
      .requiredLong("site")
      .requiredString("device")
      .requiredDouble("amps")
      .requiredDouble("volts")
      .endRecord();

  private static final Schema BROKEN = SchemaBuilder.record("com.acme.Reading")
      .fields()
      .requiredString("device")
      .requiredInt("amps")
      .endRecord();

  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void closeRegistry() {
    registry.close();
  }

  private Map<String, String> settings() {
    return Map.of(
        "event.format", "avro",
        "schema.registry.url", registry.url().toString(),
        "event.key", "device",
        "event.features", "amps,volts");
  }

  private static byte[] confluent(int id, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] old(int id, int amps) throws IOException {
    return confluent(
        id,
        new GenericRecordBuilder(OLD)
            .set("device", "d")
            .set("amps", amps)
            .set("volts", 1.5)
            .build());
  }

  private static String reason(TestRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader("millrace.reason").value(), StandardCharsets.UTF_8);
  }

  private static TestOutputTopic<byte[], byte[]> scores(Flow flow) {
    return flow.driver.createOutputTopic(
        "scores", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Test
  void eventsComeAndScoresLeaveInTheConfluentFormat() throws IOException {
    int id = registry.add(OLD);
    try (Flow flow = new Flow(settings())) {
      flow.events.pipeInput(bytes("x"), old(id, 1), 1);

      TestRecord<byte[], byte[]> score = scores(flow).readRecord();
      assertThat(score.key()).isEqualTo(bytes("d"));
      assertThat(score.value()[0]).isZero();
      assertThat(registry.idOf("scores-value", Score.getClassSchema()))
          .isEqualTo(ByteBuffer.wrap(score.value()).getInt(1));
    }
  }

  @Test
  void aRollingChangeIsScoredOnAndWhatDoesNotFitBecomesDeadLetters() throws IOException {
    int oldId = registry.add(OLD);
    int newId = registry.add(NEW);
    int brokenId = registry.add(BROKEN);
    byte[] changed = confluent(
        newId,
        new GenericRecordBuilder(NEW)
            .set("site", 1L)
            .set("device", "d")
            .set("amps", 2.5)
            .set("volts", 1.5)
            .build());
    byte[] broken = confluent(
        brokenId,
        new GenericRecordBuilder(BROKEN).set("device", "d").set("amps", 1).build());
    try (Flow flow = new Flow(settings())) {
      for (byte[] event :
          List.of(old(oldId, 1), changed, old(oldId, 2), broken, old(4711, 3), changed)) {
        flow.events.pipeInput(bytes("x"), event, 1);
      }

      assertThat(scores(flow).readValuesToList()).hasSize(4);
      assertThat(flow.deadLetters.readRecordsToList().stream().map(RegistryFlowTest::reason))
          .containsExactly("incompatible-schema", "unknown-schema");
    }
  }

  @Test
  void aRegistryThatIsAwayStopsTheTaskAndMakesNoDeadLetter() throws IOException {
    int id = registry.add(OLD);
    int unseen = registry.add(NEW);
    Map<String, String> impatient = new HashMap<>(settings());
    impatient.put("schema.registry.timeout", "3s");
    try (Flow flow = new Flow(impatient)) {
      flow.events.pipeInput(bytes("x"), old(id, 1), 1);
      registry.close();

      flow.events.pipeInput(bytes("x"), old(id, 2), 2);
      assertThatThrownBy(() -> flow.events.pipeInput(bytes("x"), old(unseen, 3), 3))
          .hasStackTraceContaining("schema registry failed: url=" + registry.url());
      assertThat(scores(flow).readValuesToList()).hasSize(2);
      assertThat(flow.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void wrongCredentialsAreToldBeforeAnyEventAndRightOnesAreNot() {
    registry.credentials = "me:secret";
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("basic.auth.credentials.source", "USER_INFO");
    settings.put("basic.auth.user.info", "me:guess");

    assertThatThrownBy(() -> new Flow(settings))
        .hasStackTraceContaining("status=401. Check basic.auth.user.info")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("guess"));
    settings.put("basic.auth.user.info", "me:secret");
    try (Flow flow = new Flow(settings)) {
      assertThat(flow.config().toString()).doesNotContain("secret");
    }
  }
}
