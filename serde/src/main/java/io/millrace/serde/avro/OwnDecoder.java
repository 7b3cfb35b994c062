package io.millrace.serde.avro;

import io.millrace.serde.AvroSerde;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.avro.WireFormat.Framed;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Bytes to records of a class of ours; what they are not is a {@link BadEventException}. */
final class OwnDecoder {
  private OwnDecoder() {}

  /** @param writers schemas of other versions that may be met */
  static <T extends SpecificRecordBase> Function<byte[], T> singleObject(
      Class<T> type, Set<Schema> writers) {
    AvroSerde<T> serde = AvroSerde.of(type, writers);
    return bytes -> {
      try {
        return serde.decode(bytes);
      } catch (UnknownSchemaException e) {
        throw new BadEventException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
      } catch (UndecodableException e) {
        throw new BadEventException(Reason.UNDECODABLE, e.getMessage(), e);
      }
    };
  }

  /** Of every writer whose schema can be resolved against today's. */
  static <T extends SpecificRecordBase> Function<byte[], T> of(WireFormat format, Class<T> type) {
    Map<Schema, RecordReader<T>> readers = new IdentityHashMap<>();
    return bytes -> {
      Framed framed = format.frame(bytes);
      return readers
          .computeIfAbsent(framed.writer(), writer -> RecordReader.specific(writer, type))
          .read(bytes, framed.bodyAt());
    };
  }
}
