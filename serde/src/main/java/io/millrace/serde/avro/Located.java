package io.millrace.serde.avro;

import io.millrace.serde.mapping.FieldPath;
import io.millrace.serde.mapping.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * A path found in a writer's schema, or, where that lacks the field, in the defaults of the reader's.
 *
 * @param names from the outside in, as the writer calls them; empty when the value comes from a default
 * @param leaf what the field is
 * @param standard the default; null when the names are not empty
 */
record Located(List<String> names, Schema leaf, Object standard) {

  /** @throws IllegalArgumentException naming the fields that exist, nearest first */
  static Located in(Schema writer, Optional<Schema> reader, FieldPath path) {
    Schema at = writer;
    Optional<Schema> read = reader;
    List<String> names = new ArrayList<>();
    for (int depth = 0; depth < path.names().size(); depth++) {
      String name = path.names().get(depth);
      Optional<Field> wanted = read.map(record -> record.getField(name));
      Optional<Field> found = field(at, name, wanted);
      if (found.isEmpty()) {
        List<String> rest = path.names().subList(depth + 1, path.names().size());
        return ofDefault(
            wanted.filter(Field::hasDefaultValue).orElseThrow(missing(at, name)), rest);
      }
      names.add(found.get().name());
      if (depth == path.names().size() - 1) {
        return new Located(names, found.get().schema(), null);
      }
      at = Types.record(found.get().schema()).orElseThrow(noRecord(path, depth, found.get()));
      read = wanted.map(Field::schema).flatMap(Types::record);
    }
    throw new IllegalArgumentException("path is empty.");
  }

  /** By its name, or by one that the reader says it once had. */
  private static Optional<Field> field(Schema record, String name, Optional<Field> wanted) {
    Field field = record.getField(name);
    if (field != null) {
      return Optional.of(field);
    }
    return wanted.flatMap(known -> known.aliases().stream()
        .map(record::getField)
        .filter(renamed -> renamed != null)
        .findFirst());
  }

  private static Located ofDefault(Field field, List<String> rest) {
    Object value = GenericData.get().getDefaultValue(field);
    Schema leaf = field.schema();
    for (String name : rest) {
      Field inner = Types.record(leaf)
          .map(record -> record.getField(name))
          .orElseThrow(() -> new IllegalArgumentException(
              "no field " + name + " in the default of " + field.name() + "."));
      value = value instanceof IndexedRecord record ? record.get(inner.pos()) : null;
      leaf = inner.schema();
    }
    return new Located(List.of(), leaf, value);
  }

  private static Supplier<IllegalArgumentException> missing(Schema record, String name) {
    return () -> {
      List<String> existing = record.getFields().stream().map(Field::name).toList();
      return new IllegalArgumentException("no field " + name + " in " + record.getFullName()
          + ". There are: " + String.join(", ", NearestNames.of(name, existing)) + ".");
    };
  }

  private static Supplier<IllegalArgumentException> noRecord(
      FieldPath path, int depth, Field field) {
    return () ->
        new IllegalArgumentException("field " + String.join(".", path.names().subList(0, depth + 1))
            + " is " + Types.text(field.schema()) + ", expected a record for " + path + ".");
  }
}
