package io.millrace.serde.avro;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/** What a field can hold beside null. */
final class Types {
  private Types() {}

  /** The branches of a union, without null; a schema that is no union is its own only branch. */
  static List<Schema> of(Schema schema) {
    List<Schema> branches = schema.getType() == Type.UNION ? schema.getTypes() : List.of(schema);
    return branches.stream().filter(branch -> branch.getType() != Type.NULL).toList();
  }

  /** The only thing it can hold. */
  static Optional<Schema> only(Schema schema) {
    List<Schema> types = of(schema);
    return types.size() == 1 ? Optional.of(types.get(0)) : Optional.empty();
  }

  /** The record that a field holds, when it can hold nothing else. */
  static Optional<Schema> record(Schema schema) {
    return only(schema).filter(type -> type.getType() == Type.RECORD);
  }

  /** As an error names it, {@code long (timestamp-millis)}. */
  static String text(Schema schema) {
    return of(schema).stream().map(Types::nameOf).collect(Collectors.joining(" or "));
  }

  private static String nameOf(Schema type) {
    String name = type.getType() == Type.RECORD
        ? "record " + type.getFullName()
        : type.getType().name().toLowerCase(Locale.ROOT);
    return logical(type).map(logical -> name + " (" + logical + ")").orElse(name);
  }

  static Optional<String> logical(Schema type) {
    return Optional.ofNullable(type.getLogicalType()).map(LogicalType::getName);
  }
}
