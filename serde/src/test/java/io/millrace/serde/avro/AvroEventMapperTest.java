package io.millrace.serde.avro;

import static io.millrace.serde.avro.AvroRecords.categories;
import static io.millrace.serde.avro.AvroRecords.features;
import static io.millrace.serde.avro.AvroRecords.mapping;
import static io.millrace.serde.avro.AvroRecords.raw;
import static io.millrace.serde.avro.AvroRecords.record;
import static io.millrace.serde.avro.AvroRecords.schema;
import static io.millrace.serde.avro.AvroRecords.singleObject;
import static io.millrace.serde.avro.AvroRecords.singleObjectMapper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.Reason;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroEventMapperTest {
  private static final String A = "{\"name\": \"a\", \"type\": \"double\"}";

  private static BadEventException rejection(EventMapper mapper, byte[] value) {
    return catchThrowableOfType(BadEventException.class, () -> mapper.map(raw(value)));
  }

  @Test
  void everyKindOfNumberIsAFeature() {
    Schema schema = schema(
        "{\"name\": \"i\", \"type\": \"int\"}",
        "{\"name\": \"l\", \"type\": [\"null\", \"long\"]}",
        "{\"name\": \"f\", \"type\": \"float\"}",
        "{\"name\": \"d\", \"type\": [\"double\", \"null\"]}",
        "{\"name\": \"b\", \"type\": \"boolean\"}",
        "{\"name\": \"m\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2}}",
        "{\"name\": \"x\", \"type\": {\"type\": \"fixed\", \"size\": 3, \"name\": \"Fx\", \"logicalType\": \"decimal\","
            + " \"precision\": 6, \"scale\": 1}}");
    GenericRecord record = record(
        schema,
        -3,
        1L << 40,
        0.5f,
        2.25,
        true,
        ByteBuffer.wrap(BigInteger.valueOf(-12345).toByteArray()),
        new GenericData.Fixed(schema.getField("x").schema(), new byte[] {0, 1, 0}));

    MappedEvent event = singleObjectMapper(features("i", "l", "f", "d", "b", "m", "x"), schema)
        .map(raw(singleObject(record)));

    assertThat(event.features()).containsExactly(-3, Math.pow(2, 40), 0.5, 2.25, 1, -123.45, 25.6);
  }

  @Test
  void withoutPathsKeyAndTimeAreTheRecordsOwn() {
    Schema schema = schema(A);

    MappedEvent event =
        singleObjectMapper(features("a"), schema).map(raw(singleObject(record(schema, 1.0))));

    assertThat(event.key()).isEqualTo(AvroRecords.RECORD_KEY);
    assertThat(event.time()).isEqualTo(AvroRecords.RECORD_TIME);
    assertThat(event.id()).isEmpty();
    assertThat(event.end()).isFalse();
  }

  @Test
  void nestedFieldsAreFoundAndAllOthersSkipped() {
    Schema schema = schema(
        "{\"name\": \"tags\", \"type\": {\"type\": \"array\", \"items\": \"string\"}}",
        "{\"name\": \"device\", \"type\": {\"type\": \"record\", \"name\": \"Device\", \"fields\": ["
            + "{\"name\": \"note\", \"type\": \"string\"}, {\"name\": \"serial\", \"type\": \"string\"}]}}",
        "{\"name\": \"motor\", \"type\": [\"null\", {\"type\": \"record\", \"name\": \"Motor\", \"fields\": ["
            + "{\"name\": \"rpm\", \"type\": \"int\"}, {\"name\": \"amps\", \"type\": \"double\"}]}]}",
        "{\"name\": \"tail\", \"type\": {\"type\": \"map\", \"values\": \"long\"}}");
    GenericRecord device = record(schema.getField("device").schema(), "n", "s-7");
    GenericRecord motor = record(schema.getField("motor").schema().getTypes().get(1), 900, 1.5);
    EventMapper mapper =
        singleObjectMapper(mapping("device.serial", null, null, "motor.amps", "motor.rpm"), schema);

    MappedEvent event = mapper.map(
        raw(singleObject(record(schema, List.of("x", "y"), device, motor, Map.of("z", 1L)))));

    assertThat(event.key()).isEqualTo("s-7".getBytes(StandardCharsets.UTF_8));
    assertThat(event.features()).containsExactly(1.5, 900);
    BadEventException rejection =
        rejection(mapper, singleObject(record(schema, List.of(), device, null, Map.of())));
    assertThat(rejection.reason()).isEqualTo(Reason.NULL_FIELD);
    assertThat(rejection)
        .hasMessage("event rejected: field=motor.amps, actual=null. Send a value in every event.");
  }

  @ParameterizedTest
  @CsvSource({
    "long, timestamp-millis, 1700000000123",
    "long, timestamp-micros, 1700000000123456",
    "long, timestamp-nanos, 1700000000123456789",
    "long, local-timestamp-millis, 1700000000123",
    "long, local-timestamp-micros, 1700000000123456",
    "long, local-timestamp-nanos, 1700000000123456789"
  })
  void timestampsOfEveryUnitAreMilliseconds(String type, String logical, long value) {
    Schema schema = schema(
        A,
        "{\"name\": \"t\", \"type\": {\"type\": \"" + type + "\", \"logicalType\": \"" + logical
            + "\"}}");

    MappedEvent event = singleObjectMapper(mapping(null, "t", null, "a"), schema)
        .map(raw(singleObject(record(schema, 1.0, value))));

    assertThat(event.time()).isEqualTo(1700000000123L);
  }

  @Test
  void timesBefore1970AreRoundedTowardsThePast() {
    Schema schema = schema(
        A,
        "{\"name\": \"t\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}}");

    assertThat(singleObjectMapper(mapping(null, "t", null, "a"), schema)
            .map(raw(singleObject(record(schema, 1.0, -1L))))
            .time())
        .isEqualTo(-1);
  }

  @Test
  void datesAndTextsAreTimes() {
    Schema schema = schema(
        A,
        "{\"name\": \"d\", \"type\": {\"type\": \"int\", \"logicalType\": \"date\"}}",
        "{\"name\": \"s\", \"type\": \"string\"}");
    byte[] bytes = singleObject(record(schema, 1.0, 20_000, "2026-01-02T03:04:05+01:00"));

    assertThat(singleObjectMapper(mapping(null, "d", null, "a"), schema)
            .map(raw(bytes))
            .time())
        .isEqualTo(Instant.parse("2024-10-04T00:00:00Z").toEpochMilli());
    assertThat(singleObjectMapper(mapping(null, "s", null, "a"), schema)
            .map(raw(bytes))
            .time())
        .isEqualTo(Instant.parse("2026-01-02T02:04:05Z").toEpochMilli());
  }

  @Test
  void aTextThatIsNoTimeIsRejectedAndNotQuotedAtLength() {
    Schema schema = schema(A, "{\"name\": \"s\", \"type\": \"string\"}");
    EventMapper mapper = singleObjectMapper(mapping(null, "s", null, "a"), schema);

    BadEventException rejection =
        rejection(mapper, singleObject(record(schema, 1.0, "x".repeat(10_000))));

    assertThat(rejection.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(rejection)
        .hasMessage("event rejected: field=s, expected=a time, actual=" + "x".repeat(64)
            + "... Correct the sender, or the mapping.");
  }

  @Test
  void keysAndIdsOfEveryKindAreTexts() {
    Schema schema = schema(
        A,
        "{\"name\": \"n\", \"type\": \"long\"}",
        "{\"name\": \"e\", \"type\": {\"type\": \"enum\", \"name\": \"Kind\", \"symbols\": [\"HOT\", \"COLD\"]}}",
        "{\"name\": \"u\", \"type\": [\"null\", \"bytes\"]}");
    byte[] bytes = singleObject(record(
        schema,
        1.0,
        -42L,
        new GenericData.EnumSymbol(schema.getField("e").schema(), "COLD"),
        ByteBuffer.wrap(new byte[] {1, (byte) 0xab})));

    MappedEvent event = singleObjectMapper(mapping("n", null, "e", "a"), schema).map(raw(bytes));
    assertThat(event.key()).isEqualTo("-42".getBytes(StandardCharsets.UTF_8));
    assertThat(event.id()).contains("COLD");
    event = singleObjectMapper(mapping("u", null, "u", "a"), schema).map(raw(bytes));
    assertThat(event.key()).isEqualTo(new byte[] {1, (byte) 0xab});
    assertThat(event.id()).contains("01ab");
  }

  @Test
  void categoriesOfEveryKindAreTextsAndANullIsNone() {
    Schema schema = schema(
        "{\"name\": \"s\", \"type\": [\"null\", \"string\", \"long\"]}",
        "{\"name\": \"e\", \"type\": {\"type\": \"enum\", \"name\": \"Kind\", \"symbols\": [\"HOT\", \"COLD\"]}}",
        "{\"name\": \"b\", \"type\": \"boolean\"}",
        "{\"name\": \"in\", \"type\": [\"null\", {\"type\": \"record\", \"name\": \"In\", \"fields\": ["
            + "{\"name\": \"code\", \"type\": \"int\"}]}]}");
    EventMapper mapper = singleObjectMapper(categories(null, "s", "e", "b", "in.code"), schema);
    GenericRecord inner = record(schema.getField("in").schema().getTypes().get(1), 7);
    var cold = new GenericData.EnumSymbol(schema.getField("e").schema(), "COLD");

    assertThat(mapper
            .map(raw(singleObject(record(schema, "a b", cold, true, inner))))
            .categories())
        .containsExactly("a b", "COLD", "true", "7");
    assertThat(
            mapper.map(raw(singleObject(record(schema, 9L, cold, false, null)))).categories())
        .containsExactly("9", "COLD", "false", null);
    assertThat(mapper
            .map(raw(singleObject(record(schema, null, cold, false, null))))
            .categories())
        .containsExactly(null, "COLD", "false", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"boolean", "int", "double"})
  void aLabelIsANumberOrABooleanAndNullWhileItIsNotKnown(String type) {
    Schema schema = schema(
        "{\"name\": \"c\", \"type\": \"string\"}",
        "{\"name\": \"y\", \"type\": [\"null\", \"" + type + "\"]}");
    Object one = switch (type) {
      case "boolean" -> true;
      case "int" -> 1;
      default -> 1.0;
    };
    EventMapper mapper = singleObjectMapper(categories("y", "c"), schema);

    assertThat(mapper.map(raw(singleObject(record(schema, "a", one)))).label()).hasValue(1);
    assertThat(mapper.map(raw(singleObject(record(schema, "a", null)))).label()).isEmpty();
  }

  @Test
  void aCategoryOrALabelThatDoesNotFitIsToldWithTheNamesThatExist() {
    Schema schema = schema(
        "{\"name\": \"amount\", \"type\": \"double\"}",
        "{\"name\": \"shop\", \"type\": \"string\"}");

    assertThat(SchemaFiles.misfits(schema, categories("shop", "amount", "shp")))
        .containsExactly(
            "setting=event.categories, path=amount: field is double, expected string, enum, int, long, boolean, bytes or"
                + " fixed.",
            "setting=event.categories, path=shp: no field shp in com.acme.Reading. There are: shop, amount.",
            "setting=event.label, path=shop: field is string, expected int, long, float, double, boolean or decimal.");
  }

  @Test
  void aNullKeyIsRejectedAndANullIdIsNone() {
    Schema schema = schema(A, "{\"name\": \"k\", \"type\": [\"null\", \"string\"]}");
    byte[] bytes = singleObject(record(schema, 1.0, null));

    assertThat(rejection(singleObjectMapper(mapping("k", null, null, "a"), schema), bytes)
            .reason())
        .isEqualTo(Reason.NULL_KEY);
    assertThat(singleObjectMapper(mapping(null, null, "k", "a"), schema)
            .map(raw(bytes))
            .id())
        .isEmpty();
  }

  @Test
  void whatDoesNotFitIsToldAtOnceWithTheNearestNamesFirst() {
    Schema schema = schema(
        "{\"name\": \"temperature\", \"type\": \"double\"}",
        "{\"name\": \"tags\", \"type\": {\"type\": \"array\", \"items\": \"string\"}}",
        "{\"name\": \"time\", \"type\": {\"type\": \"int\", \"logicalType\": \"time-millis\"}}");

    assertThat(SchemaFiles.misfits(
            schema, mapping("sensor", "time", null, "temprature", "tags", "temperature.celsius")))
        .containsExactly(
            "setting=event.key, path=sensor: no field sensor in com.acme.Reading. There are: tags, time, temperature.",
            "setting=event.time, path=time: field is int (time-millis), expected a timestamp, a date, a number or a text in"
                + " ISO-8601.",
            "setting=event.features, path=temprature: no field temprature in com.acme.Reading. There are: temperature, time,"
                + " tags.",
            "setting=event.features, path=tags: field is array, expected int, long, float, double, boolean or decimal.",
            "setting=event.features, path=temperature.celsius: field temperature is double, expected a record for"
                + " temperature.celsius.");
  }

  @Test
  void bytesThatAreNoEventAreRejectedByReason() {
    Schema schema = schema(A);
    Schema stranger = schema("{\"name\": \"b\", \"type\": \"long\"}");
    EventMapper mapper = singleObjectMapper(features("a"), schema);
    byte[] good = singleObject(record(schema, 1.0));
    byte[] cut = Arrays.copyOf(good, good.length - 1);
    byte[] longer = Arrays.copyOf(good, good.length + 1);

    assertThat(rejection(mapper, new byte[3]).reason()).isEqualTo(Reason.UNDECODABLE);
    assertThat(rejection(mapper, new byte[30]).reason()).isEqualTo(Reason.UNDECODABLE);
    assertThat(rejection(mapper, cut).reason()).isEqualTo(Reason.UNDECODABLE);
    assertThat(rejection(mapper, longer).reason()).isEqualTo(Reason.UNDECODABLE);
    assertThat(rejection(mapper, singleObject(record(stranger, 1L))).reason())
        .isEqualTo(Reason.UNKNOWN_SCHEMA);
    assertThat(mapper.map(raw(good)).features()).containsExactly(1.0);
  }

  @Test
  void aHostileLengthIsRejectedNotAllocated() {
    Schema schema = schema("{\"name\": \"k\", \"type\": \"string\"}", A);
    byte[] length2To30 = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
    byte[] value = Arrays.copyOf(singleObject(record(schema, "", 1.0)), 10 + 5);
    System.arraycopy(length2To30, 0, value, 10, 5);

    EventMapper mapper = singleObjectMapper(mapping("k", null, null, "a"), schema);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();

    assertThat(rejection(mapper, value).reason()).isEqualTo(Reason.UNDECODABLE);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 26);
  }

  @Test
  void plainBinaryHasOneSchema() {
    Schema schema = schema(A);
    EventMapper mapper =
        new AvroEventMapper(new BinaryFormat(schema), Optional.of(schema), features("a"));

    assertThat(mapper.map(raw(AvroRecords.binary(record(schema, 3.5)))).features())
        .containsExactly(3.5);
    assertThat(rejection(mapper, singleObject(record(schema, 3.5))).reason())
        .isEqualTo(Reason.UNDECODABLE);
  }
}
