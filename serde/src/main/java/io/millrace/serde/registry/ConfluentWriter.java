package io.millrace.serde.registry;

import io.millrace.serde.OwnRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records of one generated class in the Confluent wire format. Safe for use by one thread at a time.
 *
 * @param <T> the class
 */
public final class ConfluentWriter<T extends SpecificRecordBase> {
  private final SpecificDatumWriter<T> writer;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final byte[] head;
  private BinaryEncoder encoder;

  /**
   * Asks for the id of the schema, under the subject that goes with the topic's values.
   *
   * @throws RegistryException when there is none to be had
   */
  public ConfluentWriter(Class<T> type, SchemaRegistry registry, String topic) {
    SpecificData data = OwnRecords.dataOf(type);
    Schema schema = data.getSchema(type);
    this.writer = new SpecificDatumWriter<>(schema, data);
    this.head = ByteBuffer.allocate(ConfluentFormat.BODY_AT)
        .put(ConfluentFormat.MAGIC)
        .putInt(registry.idOf(topic + "-value", schema))
        .array();
  }

  public byte[] encode(T record) {
    out.reset();
    out.writeBytes(head);
    encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new IllegalArgumentException("record not written: a buffer failed.", e);
    }
    return out.toByteArray();
  }
}
