package io.millrace.serde.avro;

import io.millrace.serde.mapping.FieldPath;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.mapping.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/** Every mapped field, found in a writer's schema and of a type that can be taken. */
record MappedFields(
    Optional<Found> key,
    Optional<Found> time,
    Optional<Found> id,
    List<Found> features,
    List<Found> categories,
    Optional<Found> label,
    Optional<Found> end) {

  /** A path and where it leads. */
  record Found(FieldPath path, Located located) {
    AvroField at(Schema projection) {
      return AvroField.of(path, located, projection);
    }
  }

  /** @throws MisfitException with everything that does not fit */
  static MappedFields in(Schema writer, Optional<Schema> reader, Mapping mapping)
      throws MisfitException {
    if (writer.getType() != Type.RECORD) {
      throw new MisfitException(
          List.of("schema is " + Types.text(writer) + ", expected a record."));
    }
    Source names = mapping.source();
    Search search = new Search(writer, reader);
    Optional<Found> key = search.one(names.key(), mapping.key(), Texts::check);
    Optional<Found> time =
        search.one(names.time(), mapping.time(), field -> Instants.of(field, mapping.unit()));
    Optional<Found> id = search.one(names.id(), mapping.id(), Texts::check);
    List<Found> features = search.all(names.features(), mapping.features(), Numbers::of);
    List<Found> categories =
        search.all(names.categories(), mapping.categories(), Texts::checkCategory);
    Optional<Found> label = search.one(names.label(), mapping.label(), Numbers::of);
    Optional<Found> end = search.one(names.end(), mapping.end(), MappedFields::checkBoolean);
    if (!search.errors.isEmpty()) {
      throw new MisfitException(search.errors);
    }
    return new MappedFields(key, time, id, features, categories, label, end);
  }

  private static void checkBoolean(Schema field) {
    if (Types.only(field).filter(type -> type.getType() == Type.BOOLEAN).isEmpty()) {
      throw new IllegalArgumentException("field is " + Types.text(field) + ", expected boolean.");
    }
  }

  /** Paths of the fields that are in the writer's records. */
  List<List<String>> decoded() {
    Stream<Found> ones = Stream.of(key, time, id, label, end).flatMap(Optional::stream);
    return Stream.of(ones, features.stream(), categories.stream())
        .flatMap(found -> found)
        .map(found -> found.located().names())
        .filter(names -> !names.isEmpty())
        .toList();
  }

  private static final class Search {
    private final Schema writer;
    private final Optional<Schema> reader;
    private final List<String> errors = new ArrayList<>();

    Search(Schema writer, Optional<Schema> reader) {
      this.writer = writer;
      this.reader = reader;
    }

    List<Found> all(String setting, List<FieldPath> paths, Consumer<Schema> check) {
      return paths.stream()
          .flatMap(path -> one(setting, Optional.of(path), check).stream())
          .toList();
    }

    Optional<Found> one(String setting, Optional<FieldPath> path, Consumer<Schema> check) {
      if (path.isEmpty()) {
        return Optional.empty();
      }
      try {
        Located located = Located.in(writer, reader, path.get());
        check.accept(located.leaf());
        return Optional.of(new Found(path.get(), located));
      } catch (IllegalArgumentException e) {
        errors.add("setting=" + setting + ", path=" + path.get() + ": " + e.getMessage());
        return Optional.empty();
      }
    }
  }
}
