package io.millrace.serde.avro;

import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;
import io.millrace.serde.mapping.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Avro single-object encoding.
 *
 * <pre>
 *   offset  size  field
 *   0       2     marker, C3 01
 *   2       8     CRC-64-AVRO fingerprint of the writer's schema in parsing canonical form, little-endian
 *   10            the record, binary
 * </pre>
 */
public final class SingleObjectFormat implements WireFormat {
  private static final short MARKER = (short) 0xC301;
  private static final int FINGERPRINT_AT = 2;
  private static final int BODY_AT = 10;

  private final Source source;
  private final Map<Long, Framed> known = new HashMap<>();

  /**
   * @param source whose records come in it
   * @param writers of two with one fingerprint, which differ in no more than logical types or defaults, the later one counts
   */
  public SingleObjectFormat(Source source, Collection<Schema> writers) {
    this.source = source;
    writers.forEach(schema ->
        known.put(SchemaNormalization.parsingFingerprint64(schema), new Framed(schema, BODY_AT)));
  }

  @Override
  public Framed frame(byte[] bytes) {
    if (bytes.length < BODY_AT || ByteBuffer.wrap(bytes).getShort(0) != MARKER) {
      throw new BadEventException(
          Reason.UNDECODABLE,
          "field=header, expected=c301 and a fingerprint, length=" + bytes.length
              + ". Send Avro single-object encoding, or set " + source.encoding() + ".");
    }
    long fingerprint =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(FINGERPRINT_AT);
    Framed framed = known.get(fingerprint);
    if (framed == null) {
      throw new BadEventException(
          Reason.UNKNOWN_SCHEMA,
          "field=fingerprint, actual=" + String.format("%016x", fingerprint)
              + ". Add the writer's schema to " + source.schemas() + ".");
    }
    return framed;
  }
}
