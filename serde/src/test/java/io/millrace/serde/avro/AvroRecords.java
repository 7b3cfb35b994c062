package io.millrace.serde.avro;

import io.millrace.serde.mapping.FieldPath;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records of users, as they write them. */
final class AvroRecords {
  static final byte[] RECORD_KEY = "record-key".getBytes(StandardCharsets.UTF_8);
  static final long RECORD_TIME = 77;

  private AvroRecords() {}

  /** @param fields JSON */
  static Schema schema(String... fields) {
    return new Schema.Parser()
        .parse("{\"type\": \"record\", \"name\": \"com.acme.Reading\", \"fields\": ["
            + String.join(", ", fields) + "]}");
  }

  static Mapping features(String... paths) {
    return mapping(null, null, null, paths);
  }

  static Mapping mapping(String key, String time, String id, String... features) {
    return new Mapping(
        Source.EVENT,
        path(key),
        path(time),
        TimeUnit.MILLISECONDS,
        path(id),
        Stream.of(features).map(FieldPath::parse).toList(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Mapping categories(String label, String... paths) {
    return new Mapping(
        Source.EVENT,
        Optional.empty(),
        Optional.empty(),
        TimeUnit.MILLISECONDS,
        Optional.empty(),
        List.of(),
        Stream.of(paths).map(FieldPath::parse).toList(),
        path(label),
        Optional.empty());
  }

  private static Optional<FieldPath> path(String text) {
    return Optional.ofNullable(text).map(FieldPath::parse);
  }

  static GenericRecord record(Schema schema, Object... values) {
    GenericRecord record = new GenericData.Record(schema);
    for (int n = 0; n < values.length; n++) {
      record.put(n, values[n]);
    }
    return record;
  }

  static byte[] binary(GenericRecord record) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] singleObject(GenericRecord record) {
    try {
      var buffer = new BinaryMessageEncoder<GenericRecord>(new GenericData(), record.getSchema())
          .encode(record);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static RawEvent raw(byte[] value) {
    return new RawEvent(RECORD_KEY, value, RECORD_TIME, new RecordHeaders());
  }

  static AvroEventMapper singleObjectMapper(Mapping mapping, Schema... schemas) {
    Schema reader = schemas[schemas.length - 1];
    return new AvroEventMapper(
        new SingleObjectFormat(Source.EVENT, List.of(schemas)), Optional.of(reader), mapping);
  }
}
