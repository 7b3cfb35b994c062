package io.millrace.serde.avro;

import static io.millrace.serde.avro.AvroRecords.raw;
import static io.millrace.serde.avro.AvroRecords.record;
import static io.millrace.serde.avro.AvroRecords.singleObject;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.mapping.MappedEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class MillraceEventMapperTest {
  private final MillraceEventMapper mapper = MillraceEventMapper.singleObject();

  @Test
  void everyFieldOfAnEventIsTaken() {
    byte[] bytes = AvroSerde.of(Event.class)
        .encode(new Event(
            "e", Instant.ofEpochMilli(5), List.of(1.5), Arrays.asList("a", null), 0.0, true));

    MappedEvent event = mapper.map(raw(bytes));

    assertThat(event.id()).contains("e");
    assertThat(event.time()).isEqualTo(5);
    assertThat(event.features()).containsExactly(1.5);
    assertThat(event.categories()).containsExactly("a", null);
    assertThat(event.label()).hasValue(0);
    assertThat(event.end()).isTrue();
  }

  @Test
  void anEventFromBeforeThereWereCategoriesIsStillOne() {
    Schema first = new Schema.Parser().parse("""
        {"type": "record", "namespace": "io.millrace.schemas", "name": "Event", "fields": [
          {"name": "id", "type": ["null", "string"], "default": null},
          {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "features", "type": {"type": "array", "items": "double"}}
        ]}""");

    MappedEvent event = mapper.map(raw(singleObject(record(first, "e", 5L, List.of(2.0)))));

    assertThat(event.features()).containsExactly(2.0);
    assertThat(event.categories()).isEmpty();
    assertThat(event.label()).isEmpty();
    assertThat(event.end()).isFalse();
  }
}
