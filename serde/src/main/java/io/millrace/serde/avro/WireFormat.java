package io.millrace.serde.avro;

import io.millrace.serde.mapping.BadEventException;
import org.apache.avro.Schema;

/** How bytes tell which schema wrote them. */
public interface WireFormat {
  /**
   * @param writer the same object for the same schema, every time
   * @param bodyAt where the binary record begins
   */
  record Framed(Schema writer, int bodyAt) {}

  /** @throws BadEventException when the bytes have no such head, or name a schema that is not known */
  Framed frame(byte[] bytes);
}
