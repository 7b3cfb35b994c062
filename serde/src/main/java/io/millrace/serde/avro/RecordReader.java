package io.millrace.serde.avro;

import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Binary records of one writer, one at a time: a record is only good until the next. */
final class RecordReader {
  private final GenericDatumReader<IndexedRecord> reader;
  private final String type;
  private BinaryDecoder decoder;
  private IndexedRecord record;

  /** @param projection the fields to decode */
  RecordReader(Schema writer, Schema projection) {
    this.reader = new GenericDatumReader<>(writer, projection, new GenericData());
    this.type = writer.getFullName();
  }

  /** @throws BadEventException when the bytes are no record of this writer's, or more than one */
  IndexedRecord read(byte[] bytes, int from) {
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
      record = reader.read(record, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("bytes left over");
      }
      return record;
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | ClassCastException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      throw new BadEventException(
          Reason.UNDECODABLE,
          "event rejected: type=" + type + ", field=body, length=" + bytes.length
              + ". Send what the schema says.",
          e);
    }
  }
}
