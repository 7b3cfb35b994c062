package io.millrace.serde.avro;

import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.FieldPath;
import io.millrace.serde.mapping.Reason;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Where a mapped field stands in the records that a plan decodes.
 *
 * @param path as the user calls it
 * @param positions from the outside in; empty when the value is always the default
 * @param standard the default
 */
record AvroField(FieldPath path, int[] positions, Object standard) {

  /** @param projection the schema of what is decoded */
  static AvroField of(FieldPath path, Located located, Schema projection) {
    int[] positions = new int[located.names().size()];
    Schema at = projection;
    for (int depth = 0; depth < positions.length; depth++) {
      Schema.Field field = at.getField(located.names().get(depth));
      positions[depth] = field.pos();
      at = Types.record(field.schema()).orElse(field.schema());
    }
    return new AvroField(path, positions, located.standard());
  }

  /** @return null when the field or a record around it is null */
  Object of(IndexedRecord record) {
    if (positions.length == 0) {
      return standard;
    }
    Object value = record;
    for (int position : positions) {
      if (value == null) {
        return null;
      }
      value = ((IndexedRecord) value).get(position);
    }
    return value;
  }

  /**
   * @param whenNull the reason
   * @throws BadEventException when the field or a record around it is null
   */
  Object require(IndexedRecord record, Reason whenNull) {
    Object value = of(record);
    if (value == null) {
      throw new BadEventException(
          whenNull, "field=" + path + ", actual=null. Send a value in every event.");
    }
    return value;
  }
}
