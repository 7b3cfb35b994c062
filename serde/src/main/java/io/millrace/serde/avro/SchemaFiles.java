package io.millrace.serde.avro;

import io.millrace.serde.mapping.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schemas from .avsc files, each of them complete in itself, so that versions of one record can stand side by side. */
public final class SchemaFiles {
  private static final String EXTENSION = ".avsc";

  private SchemaFiles() {}

  /**
   * @param places files, and directories whose .avsc files are taken in the order of their names
   * @param errors is told of everything that cannot be read
   */
  public static List<Schema> read(List<Path> places, List<String> errors) {
    List<Schema> schemas = new ArrayList<>();
    for (Path place : places) {
      for (Path file : files(place, errors)) {
        parse(file, errors).ifPresent(schemas::add);
      }
    }
    return schemas;
  }

  private static List<Path> files(Path place, List<String> errors) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> entries = Files.list(place)) {
      List<Path> files = entries
          .filter(entry -> entry.getFileName().toString().endsWith(EXTENSION))
          .sorted()
          .toList();
      if (files.isEmpty()) {
        errors.add("directory=" + place + ": no " + EXTENSION + " files in it.");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      errors.add("directory=" + place + ": cannot be read, " + e.getMessage() + ".");
      return List.of();
    }
  }

  private static Optional<Schema> parse(Path file, List<String> errors) {
    if (!Files.isRegularFile(file)) {
      errors.add("file=" + file + ": no such file.");
      return Optional.empty();
    }
    try {
      return Optional.of(new Schema.Parser().parse(Files.readString(file)));
    } catch (IOException | AvroRuntimeException e) {
      errors.add("file=" + file + ": no Avro schema, " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  /** What is wrong with a mapping of such records, all at once; nothing when it fits. */
  public static List<String> misfits(Schema schema, Mapping mapping) {
    try {
      MappedFields.in(schema, Optional.empty(), mapping);
      return List.of();
    } catch (MisfitException e) {
      return e.errors();
    }
  }
}
