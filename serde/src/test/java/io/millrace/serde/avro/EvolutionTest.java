package io.millrace.serde.avro;

import static io.millrace.serde.avro.AvroRecords.features;
import static io.millrace.serde.avro.AvroRecords.mapping;
import static io.millrace.serde.avro.AvroRecords.raw;
import static io.millrace.serde.avro.AvroRecords.record;
import static io.millrace.serde.avro.AvroRecords.schema;
import static io.millrace.serde.avro.AvroRecords.singleObject;
import static io.millrace.serde.avro.AvroRecords.singleObjectMapper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** Writers change one after the other, so events of two schemas come in turn. */
class EvolutionTest {
  private static final Schema OLD = schema("{\"name\": \"a\", \"type\": \"int\"}");

  private static double[] mapped(EventMapper mapper, Schema writer, Object... values) {
    return mapper.map(raw(singleObject(record(writer, values)))).features();
  }

  private static BadEventException rejection(EventMapper mapper, Schema writer, Object... values) {
    return catchThrowableOfType(BadEventException.class, () -> mapped(mapper, writer, values));
  }

  @Test
  void anAddedFieldThatNobodyMapsIsSkipped() {
    Schema added = schema(
        "{\"name\": \"note\", \"type\": \"string\"}", "{\"name\": \"a\", \"type\": \"int\"}");
    EventMapper mapper = singleObjectMapper(features("a"), added, OLD);

    assertThat(mapped(mapper, OLD, 1)).containsExactly(1);
    assertThat(mapped(mapper, added, "x", 2)).containsExactly(2);
    assertThat(mapped(mapper, OLD, 3)).containsExactly(3);
  }

  @Test
  void aMappedFieldThatOldWritersLackHasItsDefault() {
    Schema added = schema(
        "{\"name\": \"a\", \"type\": \"int\"}",
        "{\"name\": \"b\", \"type\": \"double\", \"default\": 7.5}");
    EventMapper mapper = singleObjectMapper(features("a", "b"), OLD, added);

    assertThat(mapped(mapper, OLD, 1)).containsExactly(1, 7.5);
    assertThat(mapped(mapper, added, 2, 0.5)).containsExactly(2, 0.5);
  }

  @Test
  void aFieldInARecordThatOldWritersLackHasThatRecordsDefault() {
    Schema added = schema(
        "{\"name\": \"a\", \"type\": \"int\"}",
        "{\"name\": \"in\", \"type\": {\"type\": \"record\", \"name\": \"In\", \"fields\": [{\"name\": \"m\", \"type\":"
            + " {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 4, \"scale\": 1}}]}, \"default\": {\"m\":"
            + " \"\\u0019\"}}");
    EventMapper mapper = singleObjectMapper(features("a", "in.m"), OLD, added);

    assertThat(mapped(mapper, OLD, 1)).containsExactly(1, 2.5);
  }

  @Test
  void aRemovedFieldThatNobodyMapsIsNotMissed() {
    Schema full = schema(
        "{\"name\": \"note\", \"type\": \"string\"}", "{\"name\": \"a\", \"type\": \"int\"}");
    EventMapper mapper = singleObjectMapper(features("a"), OLD, full);

    assertThat(mapped(mapper, full, "x", 1)).containsExactly(1);
    assertThat(mapped(mapper, OLD, 2)).containsExactly(2);
  }

  @Test
  void aRemovedFieldWithoutADefaultMakesRejectionsThatSaySo() {
    Schema full =
        schema("{\"name\": \"a\", \"type\": \"int\"}", "{\"name\": \"b\", \"type\": \"double\"}");
    EventMapper mapper = singleObjectMapper(features("a", "b"), OLD, full);

    BadEventException rejection = rejection(mapper, OLD, 1);

    assertThat(rejection.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    assertThat(rejection)
        .hasMessage(
            "event rejected: schema=com.acme.Reading, setting=event.features, path=b: no field b in com.acme.Reading. There"
                + " are: a. Give the field a default in the last of event.schemas, or correct the sender.");
    assertThat(mapped(mapper, full, 1, 2.0)).containsExactly(1, 2);
  }

  @Test
  void aPromotedTypeIsANumberAllTheSameWhicheverSchemaIsTheReaders() {
    Schema promoted = schema("{\"name\": \"a\", \"type\": [\"null\", \"double\"]}");
    for (EventMapper mapper : List.of(
        singleObjectMapper(features("a"), OLD, promoted),
        singleObjectMapper(features("a"), promoted, OLD))) {

      assertThat(mapped(mapper, OLD, 1)).containsExactly(1);
      assertThat(mapped(mapper, promoted, 2.5)).containsExactly(2.5);
      assertThat(rejection(mapper, promoted, (Object) null).reason()).isEqualTo(Reason.NULL_FIELD);
    }
  }

  @Test
  void aDecimalIsReadByTheScaleThatWroteIt() {
    String decimal =
        "{\"name\": \"a\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": %d}}";
    Schema two = schema(decimal.formatted(2));
    Schema three = schema(decimal.formatted(3), "{\"name\": \"new\", \"type\": \"int\"}");
    EventMapper mapper = singleObjectMapper(features("a"), two, three);

    assertThat(mapped(mapper, two, ByteBuffer.wrap(new byte[] {125}))).containsExactly(1.25);
    assertThat(mapped(mapper, three, ByteBuffer.wrap(new byte[] {125}), 0)).containsExactly(0.125);
  }

  @Test
  void aRenamedFieldIsFoundByTheNameItHad() {
    Schema renamed = schema("{\"name\": \"amps\", \"type\": \"int\", \"aliases\": [\"a\"]}");
    EventMapper mapper = singleObjectMapper(features("amps"), OLD, renamed);

    assertThat(mapped(mapper, OLD, 1)).containsExactly(1);
    assertThat(mapped(mapper, renamed, 2)).containsExactly(2);
  }

  @Test
  void aTypeThatIsNoNumberMakesRejectionsThatSaySo() {
    Schema text = schema("{\"name\": \"a\", \"type\": \"string\"}");
    EventMapper mapper = singleObjectMapper(features("a"), text, OLD);

    BadEventException rejection = rejection(mapper, text, "1");

    assertThat(rejection.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    assertThat(rejection)
        .hasMessageContaining("path=a: field is string, expected int, long, float, double");
    assertThat(mapped(mapper, OLD, 1)).containsExactly(1);
  }

  @Test
  void aKeyMayChangeFromNumberToText() {
    Schema number =
        schema("{\"name\": \"k\", \"type\": \"long\"}", "{\"name\": \"a\", \"type\": \"int\"}");
    Schema text =
        schema("{\"name\": \"k\", \"type\": \"string\"}", "{\"name\": \"a\", \"type\": \"int\"}");
    EventMapper mapper = singleObjectMapper(mapping("k", null, null, "a"), number, text);

    MappedEvent old = mapper.map(raw(singleObject(record(number, 5L, 1))));
    MappedEvent now = mapper.map(raw(singleObject(record(text, new Utf8("5"), 1))));

    assertThat(now.key()).isEqualTo(old.key());
  }
}
