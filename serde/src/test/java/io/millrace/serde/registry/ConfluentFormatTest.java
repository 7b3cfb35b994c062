package io.millrace.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schemas.Event;
import io.millrace.serde.avro.MillraceEventMapper;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConfluentFormatTest {
  private final FakeRegistry fake = new FakeRegistry();
  private final SchemaRegistry registry = new SchemaRegistry(new RegistrySettings(
      List.of(fake.url()), Optional.empty(), Optional.empty(), Duration.ofSeconds(30), true));
  private final EventMapper mapper = MillraceEventMapper.of(new ConfluentFormat(registry));

  @AfterEach
  void closeFake() {
    fake.close();
  }

  private static RawEvent raw(byte[] value) {
    return new RawEvent(new byte[] {1}, value, 5, new RecordHeaders());
  }

  @Test
  void whatIsWrittenIsReadAndBeginsWithItsSchemasId() {
    ConfluentWriter<Event> writer = new ConfluentWriter<>(Event.class, registry, "events");

    byte[] bytes = writer.encode(
        new Event("e-1", Instant.ofEpochMilli(9), List.of(1.0, 2.0), List.of("c"), 0.5, true));
    MappedEvent event = mapper.map(raw(bytes));

    assertThat(ByteBuffer.wrap(bytes).get(0)).isZero();
    assertThat(registry.byId(ByteBuffer.wrap(bytes).getInt(1))).isEqualTo(Event.getClassSchema());
    assertThat(fake.requests.get(0)).isEqualTo("POST /subjects/events-value/versions");
    assertThat(event.id()).contains("e-1");
    assertThat(event.time()).isEqualTo(9);
    assertThat(event.features()).containsExactly(1, 2);
    assertThat(event.categories()).containsExactly("c");
    assertThat(event.label()).hasValue(0.5);
    assertThat(event.end()).isTrue();
  }

  @Test
  void bytesOfAnotherFormatAreUndecodableAndAnUnknownIdIsAnUnknownSchema() {
    assertThat(catchThrowableOfType(
                BadEventException.class, () -> mapper.map(raw(new byte[] {0, 0, 0, 9})))
            .reason())
        .isEqualTo(Reason.UNDECODABLE);
    assertThat(catchThrowableOfType(
                BadEventException.class,
                () -> mapper.map(raw(new byte[] {(byte) 0xc3, 1, 0, 0, 0, 9, 9})))
            .reason())
        .isEqualTo(Reason.UNDECODABLE);
    BadEventException unknown = catchThrowableOfType(
        BadEventException.class, () -> mapper.map(raw(new byte[] {0, 0, 0, 0, 9, 9})));
    assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    assertThat(unknown)
        .hasMessage(
            "event rejected: field=schema id, id=9, actual=not registered. Register the writer's schema before its events"
                + " come.");
  }
}
