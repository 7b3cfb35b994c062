package io.millrace.serde.avro;

import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** How the events that one schema wrote are read: worked out once, so that an event costs no search for a name. */
final class AvroPlan {
  private final RecordReader<IndexedRecord> reader;
  private final Optional<AvroField> key;
  private final Optional<AvroField> time;
  private final Optional<Instants> instants;
  private final Optional<AvroField> id;
  private final Optional<AvroField> end;
  private final AvroField[] features;
  private final Numbers[] numbers;

  private AvroPlan(
      RecordReader<IndexedRecord> reader,
      Optional<AvroField> key,
      Optional<AvroField> time,
      Optional<Instants> instants,
      Optional<AvroField> id,
      Optional<AvroField> end,
      AvroField[] features,
      Numbers[] numbers) {
    this.reader = reader;
    this.key = key;
    this.time = time;
    this.instants = instants;
    this.id = id;
    this.end = end;
    this.features = features;
    this.numbers = numbers;
  }

  /**
   * @param reader gives the fields that the writer lacks their defaults, and renamed ones their earlier names
   * @throws MisfitException with everything that does not fit
   */
  static AvroPlan of(Schema writer, Optional<Schema> reader, Mapping mapping)
      throws MisfitException {
    MappedFields fields = MappedFields.in(writer, reader, mapping);
    Schema projection = Projection.of(writer, fields.decoded());
    return new AvroPlan(
        RecordReader.generic(writer, projection),
        fields.key().map(field -> field.at(projection)),
        fields.time().map(field -> field.at(projection)),
        fields.time().map(field -> Instants.of(field.located().leaf(), mapping.unit())),
        fields.id().map(field -> field.at(projection)),
        fields.end().map(field -> field.at(projection)),
        fields.features().stream().map(field -> field.at(projection)).toArray(AvroField[]::new),
        fields.features().stream()
            .map(field -> Numbers.of(field.located().leaf()))
            .toArray(Numbers[]::new));
  }

  /** @throws BadEventException when the bytes are no such record, or a mapped field is null */
  MappedEvent map(RawEvent in, int bodyAt) {
    IndexedRecord record = reader.read(in.value(), bodyAt);
    return new MappedEvent(
        key.isPresent() ? Texts.bytes(present(key.get(), record, Reason.NULL_KEY)) : in.key(),
        id.map(field -> field.of(record)).map(Texts::text),
        time.isPresent() ? millis(time.get(), instants.orElseThrow(), record) : in.timestamp(),
        features(record),
        end.isPresent() && Boolean.TRUE.equals(end.get().of(record)));
  }

  private static long millis(AvroField field, Instants instants, IndexedRecord record) {
    Object value = present(field, record, Reason.NULL_FIELD);
    try {
      return instants.millis(value);
    } catch (IllegalArgumentException e) {
      throw BadEventException.wrongType(field.path(), "a time", value);
    }
  }

  private double[] features(IndexedRecord record) {
    double[] values = new double[features.length];
    for (int f = 0; f < values.length; f++) {
      Object value = present(features[f], record, Reason.NULL_FIELD);
      try {
        values[f] = numbers[f].of(value);
      } catch (NumberFormatException e) {
        throw BadEventException.wrongType(features[f].path(), "a decimal", "no digits");
      }
    }
    return values;
  }

  private static Object present(AvroField field, IndexedRecord record, Reason reason) {
    Object value = field.of(record);
    if (value == null) {
      throw new BadEventException(
          reason, "field=" + field.path() + ", actual=null. Send a value in every event.");
    }
    return value;
  }
}
