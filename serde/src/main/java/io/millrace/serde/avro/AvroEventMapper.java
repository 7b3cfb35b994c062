package io.millrace.serde.avro;

import io.millrace.serde.avro.WireFormat.Framed;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Any Avro record, by a mapping. Fields are found by name in the schema that wrote the event; a field that it lacks has its default in
 * the reader's schema. Numbers may change their type, as every number becomes a double.
 *
 * <p>Cost of an event: its mapped fields decoded, all others skipped. A plan is made when a schema is first met.
 */
public final class AvroEventMapper implements EventMapper {
  private final WireFormat format;
  private final Optional<Schema> reader;
  private final Mapping mapping;
  private final Map<Schema, Outcome> plans = new IdentityHashMap<>();

  /** @param reader the schema that the mapping was written for; empty: each writer's own, without defaults */
  public AvroEventMapper(WireFormat format, Optional<Schema> reader, Mapping mapping) {
    this.format = format;
    this.reader = reader;
    this.mapping = mapping;
  }

  /** Of planning: a plan, or why there can be none. */
  private record Outcome(AvroPlan plan, String misfit) {}

  @Override
  public MappedEvent map(RawEvent in) {
    Framed framed = format.frame(in.value());
    Outcome outcome = plans.computeIfAbsent(framed.writer(), this::plan);
    if (outcome.plan() == null) {
      throw new BadEventException(Reason.INCOMPATIBLE_SCHEMA, outcome.misfit());
    }
    return outcome.plan().map(in, framed.bodyAt());
  }

  private Outcome plan(Schema writer) {
    try {
      return new Outcome(AvroPlan.of(writer, reader, mapping), null);
    } catch (MisfitException e) {
      return new Outcome(
          null,
          "schema=" + writer.getFullName() + ", " + e.getMessage()
              + " Give the field a default in the last of "
              + mapping.source().schemas() + ", or correct the sender.");
    }
  }
}
