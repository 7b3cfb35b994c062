package io.millrace.serde.avro;

import io.millrace.serde.BinaryReader;
import io.millrace.serde.OwnRecords;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Binary records of one writer, one at a time: a record is only good until the next.
 *
 * @param <T> what they are read as
 */
final class RecordReader<T extends IndexedRecord> {
  private final BinaryReader<T> reader;
  private final String type;
  private T record;

  private RecordReader(BinaryReader<T> reader, String type) {
    this.reader = reader;
    this.type = type;
  }

  /** @param projection the fields to decode */
  static RecordReader<IndexedRecord> generic(Schema writer, Schema projection) {
    GenericData data = new GenericData().setFastReaderEnabled(true);
    return new RecordReader<>(new BinaryReader<>(writer, projection, data), writer.getFullName());
  }

  /** @param type a generated class, whose schema the writer's is resolved against */
  static <T extends SpecificRecordBase> RecordReader<T> specific(Schema writer, Class<T> type) {
    SpecificData data = OwnRecords.dataOf(type);
    return new RecordReader<>(
        new BinaryReader<>(writer, data.getSchema(type), data), writer.getFullName());
  }

  /** @throws BadEventException when the bytes are no record of this writer's, or more than one */
  T read(byte[] bytes, int from) {
    try {
      record = reader.read(record, bytes, from);
      return record;
    } catch (IOException e) {
      throw new BadEventException(
          Reason.UNDECODABLE,
          "event rejected: type=" + type + ", field=body, length=" + bytes.length
              + ". Send what the schema says.",
          e);
    }
  }
}
