package io.millrace.serde.mapping;

import java.util.List;

/**
 * Where a field stands in a record, from the outside in.
 *
 * @param names at least one, none of them empty
 */
public record FieldPath(List<String> names) {
  public FieldPath {
    names = List.copyOf(names);
  }

  /**
   * @param text {@code a.b.c}
   * @throws IllegalArgumentException when a name is empty
   */
  public static FieldPath parse(String text) {
    List<String> names = List.of(text.split("\\.", -1));
    if (names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "path \"" + text + "\" has an empty name. Write it as a.b.c.");
    }
    return new FieldPath(names);
  }

  /** The names, joined by dots. */
  @Override
  public String toString() {
    return String.join(".", names);
  }
}
