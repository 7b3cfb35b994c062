package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Event;
import io.millrace.schemas.Label;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final Event EVENT =
      new Event("e-1", Instant.ofEpochMilli(1234), List.of(1.5, -2.0), List.of(), null, false);

  private final AvroSerde<Event> serde = AvroSerde.of(Event.class);

  @Test
  void aRecordComesBackAsItWent() {
    assertThat(serde.decode(serde.encode(EVENT))).isEqualTo(EVENT);
  }

  @Test
  void anotherSchemaIsRefusedByItsFingerprint() {
    byte[] label = AvroSerde.of(Label.class).encode(new Label("e-1", 1.0, Instant.EPOCH));

    assertThatThrownBy(() -> serde.decode(label))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageMatching(
            "record rejected: type=Event, field=fingerprint, actual=[0-9a-f]{16}\\. "
                + "Make the writer's schema known before its records come\\.");
  }

  @Test
  void whatIsNoRecordIsRefused() {
    assertThatThrownBy(() -> serde.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(UndecodableException.class)
        .hasMessage(
            "record rejected: type=Event, field=header, length=3. Send Avro single-object encoding.");
  }

  @Test
  void aCutRecordIsRefusedAtEveryLength() {
    byte[] bytes = serde.encode(EVENT);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> serde.decode(cut)).isInstanceOf(UndecodableException.class);
    }
  }

  @Test
  void aDamagedRecordEitherReadsOrIsRefused() {
    Random random = new Random(5);
    byte[] bytes = serde.encode(EVENT);
    for (int n = 0; n < 20_000; n++) {
      byte[] damaged = bytes.clone();
      damaged[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt();
      try {
        serde.decode(damaged);
      } catch (UndecodableException expected) {
        assertThat(expected).hasMessageContaining("field=body");
      }
    }
  }
}
