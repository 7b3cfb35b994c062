package io.millrace.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;

/**
 * Binary records of one writer, from anybody. What it allocates is in proportion to the bytes, whatever they say, and everything that
 * is wrong with them is one exception. One thread.
 *
 * @param <T> what they are read as
 */
public final class BinaryReader<T extends IndexedRecord> {
  private final DatumReader<T> reader;

  /**
   * @param reader schema that the records are read as, which may differ from the writer's
   * @param data makes the records
   */
  public BinaryReader(Schema writer, Schema reader, GenericData data) {
    @SuppressWarnings("unchecked")
    DatumReader<T> records = (DatumReader<T>) data.createDatumReader(writer, reader);
    this.reader = records;
  }

  /**
   * @param reuse may be written over and returned; null for a new one
   * @param from where the record begins; it ends with the bytes
   * @throws IOException when they are no record of this writer's, or more than one
   */
  public T read(T reuse, byte[] bytes, int from) throws IOException {
    BoundedDecoder decoder = new BoundedDecoder(bytes, from);
    T record = readFrom(decoder, reuse);
    if (decoder.remainingBytes() > 0) {
      throw new IOException("bytes left over=" + decoder.remainingBytes());
    }
    return record;
  }

  private T readFrom(BoundedDecoder decoder, T reuse) throws IOException {
    try {
      return reader.read(reuse, decoder);
    } catch (AvroRuntimeException
        | IndexOutOfBoundsException
        | ClassCastException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      throw new IOException("no such record", e);
    } catch (StackOverflowError e) {
      throw new IOException("records within records, too deep");
    }
  }
}
