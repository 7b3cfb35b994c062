package io.millrace.topology.csv;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import java.nio.charset.StandardCharsets;

/** A row as the record that the events topic holds. */
public final class RowEncoder {
  private final AvroSerde<Event> events = AvroSerde.of(Event.class);

  public byte[] key(CsvRow row) {
    return row.key().getBytes(StandardCharsets.UTF_8);
  }

  /** A row without a time is no event; its own text is what the dead letter should hold. */
  public byte[] value(CsvRow row) {
    return row.time()
        .map(time -> events.encode(new Event(
            row.id().orElse(null), time, row.features(), row.categories(), label(row), row.end())))
        .orElseGet(() -> row.timeText().getBytes(StandardCharsets.UTF_8));
  }

  private static Double label(CsvRow row) {
    return row.label().isPresent() ? row.label().getAsDouble() : null;
  }
}
