package io.millrace.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro single-object encoding: two marker bytes, the writer schema's CRC-64-AVRO fingerprint, the binary record. A record
 * written with another schema is read only when that schema was registered; otherwise it is refused by fingerprint.
 *
 * <p>Safe for use by one thread at a time.
 *
 * @param <T> a generated record class
 */
public final class AvroSerde<T extends SpecificRecordBase> implements Serde<T> {
  private static final short MARKER = (short) 0xC301;
  private static final int FINGERPRINT_AT = Short.BYTES;
  private static final int BODY_AT = FINGERPRINT_AT + Long.BYTES;

  private final BinaryMessageEncoder<T> encoder;
  private final Map<Long, BinaryReader<T>> readers = new HashMap<>();
  private final String name;

  private AvroSerde(Schema schema, SpecificData data, Set<Schema> writers) {
    this.encoder = new BinaryMessageEncoder<>(OwnRecords.writing(data), schema);
    writers.forEach(
        writer -> readers.put(fingerprint(writer), new BinaryReader<>(writer, schema, data)));
    readers.put(fingerprint(schema), new BinaryReader<>(schema, schema, data));
    this.name = schema.getName();
  }

  private static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  public static <T extends SpecificRecordBase> AvroSerde<T> of(Class<T> type) {
    return of(type, Set.of());
  }

  /** @param writers schemas of other versions that may be met, by fingerprint */
  public static <T extends SpecificRecordBase> AvroSerde<T> of(Class<T> type, Set<Schema> writers) {
    SpecificData data = OwnRecords.dataOf(type);
    return new AvroSerde<>(data.getSchema(type), data, writers);
  }

  /** @return null for null: a tombstone is not a record */
  public byte[] encode(T record) {
    if (record == null) {
      return null;
    }
    try {
      var buffer = encoder.encode(record);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new IllegalArgumentException("record not written: type=" + name + ".", e);
    }
  }

  /**
   * @return null for null
   * @throws UnknownSchemaException when the bytes carry the fingerprint of a schema that is not known here
   * @throws UndecodableException when they are no record at all
   */
  public T decode(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length < BODY_AT || ByteBuffer.wrap(bytes).getShort(0) != MARKER) {
      throw new UndecodableException(name, "field=header", bytes.length, null);
    }
    long fingerprint =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(FINGERPRINT_AT);
    BinaryReader<T> reader = readers.get(fingerprint);
    if (reader == null) {
      throw new UnknownSchemaException(name, fingerprint);
    }
    try {
      return reader.read(null, bytes, BODY_AT);
    } catch (IOException e) {
      throw new UndecodableException(name, "field=body", bytes.length, e);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, record) -> encode(record);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> decode(bytes);
  }
}
