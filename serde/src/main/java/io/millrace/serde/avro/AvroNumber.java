package io.millrace.serde.avro;

import io.millrace.serde.avro.MappedFields.Found;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** A mapped field that holds a number. */
record AvroNumber(AvroField field, Numbers numbers) {

  /** @param projection the schema of what is decoded */
  static AvroNumber of(Found found, Schema projection) {
    return new AvroNumber(found.at(projection), Numbers.of(found.located().leaf()));
  }

  /** @throws BadEventException when it is null, or a decimal without digits, or with too many */
  double require(IndexedRecord record) {
    return number(field.require(record, Reason.NULL_FIELD));
  }

  /**
   * @return empty when it is null
   * @throws BadEventException when it is a decimal without digits, or with too many
   */
  OptionalDouble find(IndexedRecord record) {
    Object value = field.of(record);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(number(value));
  }

  private double number(Object value) {
    try {
      return numbers.of(value);
    } catch (NumberFormatException e) {
      throw BadEventException.wrongType(field.path(), "a decimal", e.getMessage());
    }
  }
}
