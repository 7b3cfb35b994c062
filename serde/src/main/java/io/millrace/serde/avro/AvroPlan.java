package io.millrace.serde.avro;

import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** How the events that one schema wrote are read: worked out once, so that an event costs no search for a name. */
final class AvroPlan {
  private final RecordReader<IndexedRecord> reader;
  private final Optional<AvroField> key;
  private final Optional<AvroField> time;
  private final Optional<Instants> instants;
  private final Optional<AvroField> id;
  private final List<AvroNumber> features;
  private final List<AvroField> categories;
  private final Optional<AvroNumber> label;
  private final Optional<AvroField> end;

  private AvroPlan(
      RecordReader<IndexedRecord> reader, MappedFields fields, Schema projection, TimeUnit unit) {
    this.reader = reader;
    this.key = fields.key().map(field -> field.at(projection));
    this.time = fields.time().map(field -> field.at(projection));
    this.instants = fields.time().map(field -> Instants.of(field.located().leaf(), unit));
    this.id = fields.id().map(field -> field.at(projection));
    this.features = fields.features().stream()
        .map(field -> AvroNumber.of(field, projection))
        .toList();
    this.categories =
        fields.categories().stream().map(field -> field.at(projection)).toList();
    this.label = fields.label().map(field -> AvroNumber.of(field, projection));
    this.end = fields.end().map(field -> field.at(projection));
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
        RecordReader.generic(writer, projection), fields, projection, mapping.unit());
  }

  /** @throws BadEventException when the bytes are no such record, or a field is null that must not be */
  MappedEvent map(RawEvent in, int bodyAt) {
    IndexedRecord record = reader.read(in.value(), bodyAt);
    return new MappedEvent(
        key.isPresent() ? Texts.bytes(key.get().require(record, Reason.NULL_KEY)) : in.key(),
        id.map(field -> field.of(record)).map(Texts::text),
        time.isPresent() ? millis(time.get(), instants.orElseThrow(), record) : in.timestamp(),
        features(record),
        categories(record),
        label(record),
        end.isPresent() && Boolean.TRUE.equals(end.get().of(record)));
  }

  private static long millis(AvroField field, Instants instants, IndexedRecord record) {
    Object value = field.require(record, Reason.NULL_FIELD);
    try {
      return instants.millis(value);
    } catch (IllegalArgumentException e) {
      throw BadEventException.wrongType(field.path(), "a time", value);
    }
  }

  private double[] features(IndexedRecord record) {
    double[] values = new double[features.size()];
    for (int f = 0; f < values.length; f++) {
      values[f] = features.get(f).require(record);
    }
    return values;
  }

  private List<String> categories(IndexedRecord record) {
    String[] texts = new String[categories.size()];
    for (int k = 0; k < texts.length; k++) {
      Object value = categories.get(k).of(record);
      texts[k] = value == null ? null : Texts.text(value);
    }
    return Arrays.asList(texts);
  }

  private OptionalDouble label(IndexedRecord record) {
    return label.isPresent() ? label.get().find(record) : OptionalDouble.empty();
  }
}
