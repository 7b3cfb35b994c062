package io.millrace.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.avro.AvroEventMapper;
import io.millrace.serde.avro.BinaryFormat;
import io.millrace.serde.avro.MillraceEventMapper;
import io.millrace.serde.avro.SingleObjectFormat;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.FieldPath;
import io.millrace.serde.mapping.JsonEventMapper;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Source;
import io.millrace.serde.registry.ConfluentFormat;
import io.millrace.serde.registry.FakeRegistry;
import io.millrace.serde.registry.RegistryException;
import io.millrace.serde.registry.RegistrySettings;
import io.millrace.serde.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Events, as anybody may send them. */
final class EventTargets {
  private static final String SCHEMA = """
      {"type": "record", "name": "com.acme.Reading", "fields": [
        {"name": "machine", "type": {"type": "record", "name": "Machine", "fields": [
          {"name": "serial", "type": "string"}, {"name": "tags", "type": {"type": "map", "values": "string"}}]}},
        {"name": "at", "type": "string"},
        {"name": "skipped", "type": {"type": "array", "items": "long"}},
        {"name": "id", "type": ["null", "bytes"]},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "level", "type": ["null", "double", "long"]},
        {"name": "colour", "type": ["null", {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}]},
        {"name": "cost", "type": ["null", "float"]},
        {"name": "last", "type": "boolean"}]}
      """;
  private static final String RECORD = """
      {"machine": {"serial": "m-1", "tags": {"a": "b"}}, "at": "2026-01-05T10:41:09Z", "skipped": [1, 2, 3],
       "id": {"bytes": "xy"}, "price": "\\u0001\\u0002", "level": {"double": 1.5}, "colour": {"com.acme.Colour": "BLUE"}, "cost": {"float": 2},
       "last": false}
      """;
  private static final String NESTED = """
      {"type": "record", "name": "Nested", "fields": [
        {"name": "inner", "type": ["null", "Nested"]},
        {"name": "nothings", "type": {"type": "array", "items": "null"}},
        {"name": "level", "type": "int"}]}
      """;
  private static final String JSON = """
      {"machine": {"serial": "m-1"}, "at": "2026-01-05T10:41:09.123Z", "id": 17, "price": 12.5, "level": true, "colour": "RED",
       "cost": null, "last": false}
      """;

  private EventTargets() {}

  static List<FuzzTarget> all(FakeRegistry registry) throws IOException {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    byte[] own = AvroSerde.of(Event.class)
        .encode(new Event(
            "e-1", Instant.ofEpochMilli(9), List.of(1.0, 2.0), List.of("red", "north"), 1.0, true));
    EventMapper ownOfOthers = MillraceEventMapper.of(
        new SingleObjectFormat(Source.EVENT, List.of(Event.getClassSchema())));
    byte[] mapped = binary(schema);
    return List.of(
        event("event-own", own, MillraceEventMapper.singleObject()),
        event("event-own-resolved", own, ownOfOthers),
        event(
            "event-single-object",
            singleObject(schema, mapped),
            new AvroEventMapper(
                new SingleObjectFormat(Source.EVENT, List.of(schema)),
                Optional.of(schema),
                mapping())),
        event(
            "event-binary",
            mapped,
            new AvroEventMapper(new BinaryFormat(schema), Optional.of(schema), mapping())),
        nested(),
        confluent(registry, schema, mapped),
        event("event-json", JSON.getBytes(UTF_8), new JsonEventMapper(mapping()))
            .withTokens(jsonTokens()),
        registryAnswer(registry, schema, mapped));
  }

  private static Mapping mapping() {
    return new Mapping(
        Source.EVENT,
        Optional.of(FieldPath.parse("machine.serial")),
        Optional.of(FieldPath.parse("at")),
        TimeUnit.SECONDS,
        Optional.of(FieldPath.parse("id")),
        Stream.of("price", "level").map(FieldPath::parse).toList(),
        List.of(FieldPath.parse("colour")),
        Optional.of(FieldPath.parse("cost")),
        Optional.of(FieldPath.parse("last")));
  }

  private static FuzzTarget event(String name, byte[] valid, EventMapper mapper) {
    return FuzzTarget.of(
        name, List.of(valid), bytes -> mapper.map(raw(bytes)), List.of(BadEventException.class));
  }

  /** A record within a record, as deep as the sender likes, which nobody asks for. */
  private static FuzzTarget nested() {
    Schema schema = new Schema.Parser().parse(NESTED);
    Mapping level = new Mapping(
        Source.EVENT,
        Optional.empty(),
        Optional.empty(),
        TimeUnit.SECONDS,
        Optional.empty(),
        List.of(FieldPath.parse("level")),
        List.of(),
        Optional.empty(),
        Optional.empty());
    byte[] deep = new byte[30_000];
    Arrays.fill(deep, (byte) 2);
    return event(
            "event-nested",
            new byte[] {2, 0, 2, 0, 2, 0, 2},
            new AvroEventMapper(new BinaryFormat(schema), Optional.empty(), level))
        .withTokens(List.of(deep))
        .costing(20);
  }

  private static RawEvent raw(byte[] value) {
    return new RawEvent(new byte[] {1}, value, 77, new RecordHeaders());
  }

  private static byte[] binary(Schema schema) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    Object record = new GenericDatumReader<>(schema)
        .read(null, DecoderFactory.get().jsonDecoder(schema, RECORD));
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static SchemaRegistry client(FakeRegistry registry) {
    return new SchemaRegistry(new RegistrySettings(
        List.of(registry.url()),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(30),
        false));
  }

  /** An id that is not known is asked for over HTTP, so half of the inputs have the right one. */
  private static FuzzTarget confluent(FakeRegistry registry, Schema schema, byte[] body) {
    int id = registry.add(schema);
    return event(
            "event-confluent",
            framed(id, body),
            new AvroEventMapper(
                new ConfluentFormat(Source.EVENT, client(registry)),
                Optional.of(schema),
                mapping()))
        .resealedBy(bytes -> withId(bytes, id))
        .costing(100);
  }

  private static byte[] withId(byte[] bytes, int id) {
    return bytes.length < 1 + Integer.BYTES
        ? bytes
        : ByteBuffer.wrap(bytes).put(0, (byte) 0).putInt(1, id).array();
  }

  private static byte[] singleObject(Schema schema, byte[] body) {
    return ByteBuffer.allocate(2 + Long.BYTES + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x01C3)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .put(body)
        .array();
  }

  private static byte[] framed(int id, byte[] body) {
    return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
        .put((byte) 0)
        .putInt(id)
        .put(body)
        .array();
  }

  /** The input is the schema that the registry answers with; a valid event of the right one is then read by it. */
  private static FuzzTarget registryAnswer(FakeRegistry registry, Schema schema, byte[] body) {
    SchemaRegistry client = client(registry);
    AtomicInteger ids = new AtomicInteger(1_000_000);
    FuzzTarget.Decoder decoder = bytes -> {
      int id = ids.incrementAndGet();
      registry.addId(id, new String(bytes, UTF_8));
      try {
        new AvroEventMapper(
                new ConfluentFormat(Source.EVENT, client), Optional.of(schema), mapping())
            .map(raw(framed(id, body)));
      } finally {
        registry.removeId(id);
      }
    };
    return FuzzTarget.of(
            "registry-answer",
            List.of(SCHEMA.getBytes(UTF_8)),
            decoder,
            List.of(BadEventException.class, RegistryException.class))
        .withTokens(schemaTokens())
        .costing(1_000);
  }

  private static List<byte[]> jsonTokens() {
    return tokens(
        "1e999999999",
        "-1e-999999999",
        "1".repeat(900),
        "1".repeat(2_000),
        "null",
        "NaN",
        "\"\\ud800\"",
        "{}",
        "[]",
        "[".repeat(5_000),
        "{\"a\":".repeat(900),
        "\"machine\":{\"serial\":1e400},",
        "\"at\":1e15,",
        "\"at\":-1e300,",
        "\"at\":\"+999999999-01-01T00:00:00Z\",",
        "\"price\":1e400,",
        "\"level\":\"1\",",
        "\u0000",
        "\"",
        ",");
  }

  private static List<byte[]> schemaTokens() {
    return tokens(
        "\"int\"",
        "\"com.acme.Reading\"",
        "[]",
        "{}",
        "null",
        "[\"null\",\"null\"]",
        "{\"type\":\"array\",\"items\":".repeat(400),
        "{\"type\":\"fixed\",\"name\":\"f\",\"size\":2147483647}",
        "{\"type\":\"fixed\",\"name\":\"g\",\"size\":-1}",
        "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[]}",
        "\"default\":{},",
        "\"logicalType\":\"decimal\",",
        "\"scale\":-1,",
        "\"scale\":2147483647,",
        "\"precision\":2147483647,",
        "\"logicalType\":\"timestamp-millis\",",
        "\"aliases\":[\"x\",1],",
        "\"",
        ",");
  }

  private static List<byte[]> tokens(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
  }
}
