package io.millrace.serde.avro;

import io.millrace.schemas.Event;
import io.millrace.serde.avro.WireFormat.Framed;
import io.millrace.serde.mapping.BadEventException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Millrace's own events of every writer whose schema can be resolved against today's. */
final class EventDecoder {
  private final WireFormat format;
  private final Map<Schema, RecordReader<Event>> readers = new IdentityHashMap<>();

  EventDecoder(WireFormat format) {
    this.format = format;
  }

  /** @throws BadEventException when the bytes are no such event */
  Event decode(byte[] bytes) {
    Framed framed = format.frame(bytes);
    return readers
        .computeIfAbsent(framed.writer(), writer -> RecordReader.specific(writer, Event.class))
        .read(bytes, framed.bodyAt());
  }
}
