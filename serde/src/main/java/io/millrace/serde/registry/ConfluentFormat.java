package io.millrace.serde.registry;

import io.millrace.serde.avro.WireFormat;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;
import io.millrace.serde.mapping.Source;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The Confluent wire format.
 *
 * <pre>
 *   offset  size  field
 *   0       1     magic, 0
 *   1       4     id of the writer's schema, big-endian
 *   5             the record, binary
 * </pre>
 */
public final class ConfluentFormat implements WireFormat {
  static final byte MAGIC = 0;
  static final int BODY_AT = 5;
  private static final int ID_AT = 1;

  private final Source source;
  private final SchemaRegistry registry;
  private final Map<Integer, Framed> known = new HashMap<>();

  /** @param source whose records come in it */
  public ConfluentFormat(Source source, SchemaRegistry registry) {
    this.source = source;
    this.registry = registry;
  }

  /** @throws RegistryException when a schema is new and the registry cannot be asked for it */
  @Override
  public Framed frame(byte[] bytes) {
    if (bytes.length < BODY_AT || bytes[0] != MAGIC) {
      throw new BadEventException(
          Reason.UNDECODABLE,
          "field=header, expected=00 and a schema id, length=" + bytes.length
              + ". Send the Confluent wire format, or set " + source.encoding() + ".");
    }
    return known.computeIfAbsent(ByteBuffer.wrap(bytes).getInt(ID_AT), this::ask);
  }

  private Framed ask(int id) {
    try {
      return new Framed(registry.byId(id), BODY_AT);
    } catch (UnknownIdException e) {
      throw new BadEventException(Reason.UNKNOWN_SCHEMA, "event rejected: " + e.getMessage(), e);
    }
  }
}
