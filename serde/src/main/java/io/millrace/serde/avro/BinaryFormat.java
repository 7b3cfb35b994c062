package io.millrace.serde.avro;

import org.apache.avro.Schema;

/** Plain binary: nothing but the record, so everybody has to agree on its one schema. */
public final class BinaryFormat implements WireFormat {
  private final Framed all;

  public BinaryFormat(Schema writer) {
    this.all = new Framed(writer, 0);
  }

  @Override
  public Framed frame(byte[] bytes) {
    return all;
  }
}
