package io.millrace.topology.config;

import io.millrace.serde.avro.AvroEventMapper;
import io.millrace.serde.avro.BinaryFormat;
import io.millrace.serde.avro.MillraceEventMapper;
import io.millrace.serde.avro.SchemaFiles;
import io.millrace.serde.avro.SingleObjectFormat;
import io.millrace.serde.avro.WireFormat;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.FieldPath;
import io.millrace.serde.mapping.JsonEventMapper;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.registry.ConfluentFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/** The mapping that a configuration describes, checked against the schemas that it names. */
final class EventMappers {
  private final MillraceConfig config;
  private final List<String> errors = new ArrayList<>();

  private EventMappers(MillraceConfig config) {
    this.config = config;
  }

  /**
   * @return makes the mappers, one for each task
   * @throws ConfigErrors with everything that is wrong
   */
  static Supplier<EventMapper> of(MillraceConfig config) {
    EventMappers mappers = new EventMappers(config);
    Supplier<EventMapper> made = switch (config.getString(EventSettings.FORMAT)) {
      case "avro" -> mappers.avro();
      case "json" -> mappers.json();
      default -> mappers.own();
    };
    if (!mappers.errors.isEmpty()) {
      throw new ConfigErrors(mappers.errors);
    }
    return made;
  }

  private Supplier<EventMapper> own() {
    EventSettings.OF_A_MAPPING.forEach(this::withoutMeaning);
    return RegistryConfig.isSet(config)
        ? () -> MillraceEventMapper.of(new ConfluentFormat(config.schemaRegistry()))
        : MillraceEventMapper::singleObject;
  }

  private Supplier<EventMapper> json() {
    List.of(EventSettings.SCHEMAS, EventSettings.ENCODING).forEach(this::withoutMeaning);
    Mapping mapping = mapping();
    return () -> new JsonEventMapper(mapping);
  }

  private Supplier<EventMapper> avro() {
    Mapping mapping = mapping();
    List<Path> places =
        config.getList(EventSettings.SCHEMAS).stream().map(Path::of).toList();
    List<Schema> schemas = SchemaFiles.read(places, errors);
    Optional<Schema> reader =
        schemas.isEmpty() ? Optional.empty() : Optional.of(schemas.get(schemas.size() - 1));
    reader.ifPresent(schema -> errors.addAll(SchemaFiles.misfits(schema, mapping)));
    Supplier<WireFormat> format = format(schemas);
    return () -> new AvroEventMapper(format.get(), reader, mapping);
  }

  private Supplier<WireFormat> format(List<Schema> schemas) {
    String encoding = config.getString(EventSettings.ENCODING);
    boolean auto = encoding.equals("auto");
    if (encoding.equals("confluent") || auto && RegistryConfig.isSet(config)) {
      return confluent();
    }
    boolean binary = encoding.equals("binary");
    if (binary && schemas.size() > 1) {
      errors.add(
          "setting=" + EventSettings.SCHEMAS + ": " + schemas.size()
              + " schemas, expected 1 with event.encoding=binary: nothing in the bytes tells them apart.");
    }
    if (schemas.isEmpty()) {
      errors.add("setting=" + EventSettings.SCHEMAS
          + ": empty, expected the .avsc files of the events' schemas.");
    }
    return binary ? () -> new BinaryFormat(schemas.get(0)) : () -> new SingleObjectFormat(schemas);
  }

  private Supplier<WireFormat> confluent() {
    if (!RegistryConfig.isSet(config)) {
      errors.add("setting=" + RegistryConfig.URL
          + ": empty, expected the registry that event.encoding=confluent needs.");
    }
    return () -> new ConfluentFormat(config.schemaRegistry());
  }

  private void withoutMeaning(String name) {
    Object standard = Settings.DEFINITION.defaultValues().get(name);
    if (!config.values().get(name).equals(standard)) {
      errors.add("setting=" + name + ": has no meaning with event.format="
          + config.getString(EventSettings.FORMAT) + ".");
    }
  }

  private Mapping mapping() {
    List<FieldPath> features = paths(Mapping.FEATURES);
    List<FieldPath> categories = paths(Mapping.CATEGORIES);
    if (features.isEmpty() && categories.isEmpty()) {
      errors.add("setting=" + Mapping.FEATURES
          + ": empty, expected the fields with the features, comma-separated, or "
          + Mapping.CATEGORIES + ".");
    }
    return new Mapping(
        path(Mapping.KEY),
        path(Mapping.TIME),
        unit(),
        path(Mapping.ID),
        features,
        categories,
        path(Mapping.LABEL),
        path(Mapping.END));
  }

  private List<FieldPath> paths(String setting) {
    return config.getList(setting).stream()
        .flatMap(path -> path(setting, path).stream())
        .toList();
  }

  private Optional<FieldPath> path(String setting) {
    String text = config.getString(setting);
    return text.isEmpty() ? Optional.empty() : path(setting, text);
  }

  private Optional<FieldPath> path(String setting, String text) {
    try {
      return Optional.of(FieldPath.parse(text));
    } catch (IllegalArgumentException e) {
      errors.add("setting=" + setting + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private TimeUnit unit() {
    return switch (config.getString(EventSettings.TIME_UNIT)) {
      case "s" -> TimeUnit.SECONDS;
      case "us" -> TimeUnit.MICROSECONDS;
      case "ns" -> TimeUnit.NANOSECONDS;
      default -> TimeUnit.MILLISECONDS;
    };
  }
}
