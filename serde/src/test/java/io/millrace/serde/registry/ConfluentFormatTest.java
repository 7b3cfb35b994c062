package io.millrace.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.serde.avro.MillraceEventMapper;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import io.millrace.serde.mapping.Source;
import java.time.Duration;
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
  private final EventMapper mapper =
      MillraceEventMapper.of(new ConfluentFormat(Source.EVENT, registry));

  @AfterEach
  void closeFake() {
    fake.close();
  }

  private static RawEvent raw(byte[] value) {
    return new RawEvent(new byte[] {1}, value, 5, new RecordHeaders());
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
