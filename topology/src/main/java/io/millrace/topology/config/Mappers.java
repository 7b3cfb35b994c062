package io.millrace.topology.config;

import io.millrace.serde.avro.AvroEventMapper;
import io.millrace.serde.avro.BinaryFormat;
import io.millrace.serde.avro.MillraceEventMapper;
import io.millrace.serde.avro.MillraceLabelMapper;
import io.millrace.serde.avro.SchemaFiles;
import io.millrace.serde.avro.SingleObjectFormat;
import io.millrace.serde.avro.WireFormat;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.FieldPath;
import io.millrace.serde.mapping.JsonEventMapper;
import io.millrace.serde.mapping.Mapping;
import io.millrace.serde.mapping.Source;
import io.millrace.serde.registry.ConfluentFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/** The mapping that a configuration describes, checked against the schemas that it names. */
final class Mappers {
  private final MillraceConfig config;
  private final Source source;
  private final List<String> errors = new ArrayList<>();

  private Mappers(MillraceConfig config, Source source) {
    this.config = config;
    this.source = source;
  }

  /**
   * @return makes the mappers, one for each task
   * @throws ConfigErrors with everything that is wrong
   */
  static Supplier<EventMapper> of(MillraceConfig config, Source source) {
    Mappers mappers = new Mappers(config, source);
    Supplier<EventMapper> made = switch (config.getString(source.format())) {
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
    boolean registry = RegistryConfig.isSet(config);
    return switch (source) {
      case EVENT -> {
        EventSettings.OF_A_MAPPING.forEach(this::withoutMeaning);
        yield registry
            ? () -> MillraceEventMapper.of(confluentFormat())
            : MillraceEventMapper::singleObject;
      }
      case LABEL -> {
        LabelSettings.OF_A_MAPPING.forEach(this::withoutMeaning);
        yield registry
            ? () -> MillraceLabelMapper.of(confluentFormat())
            : MillraceLabelMapper::singleObject;
      }
    };
  }

  private Supplier<EventMapper> json() {
    List.of(source.schemas(), source.encoding()).forEach(this::withoutMeaning);
    Mapping mapping = mapping();
    return () -> new JsonEventMapper(mapping);
  }

  private Supplier<EventMapper> avro() {
    Mapping mapping = mapping();
    List<Path> places = config.getList(source.schemas()).stream().map(Path::of).toList();
    List<Schema> schemas = SchemaFiles.read(places, errors);
    Optional<Schema> reader =
        schemas.isEmpty() ? Optional.empty() : Optional.of(schemas.get(schemas.size() - 1));
    reader.ifPresent(schema -> errors.addAll(SchemaFiles.misfits(schema, mapping)));
    Supplier<WireFormat> format = format(schemas);
    return () -> new AvroEventMapper(format.get(), reader, mapping);
  }

  private Supplier<WireFormat> format(List<Schema> schemas) {
    String encoding = config.getString(source.encoding());
    boolean auto = encoding.equals("auto");
    if (encoding.equals("confluent") || auto && RegistryConfig.isSet(config)) {
      return confluent();
    }
    boolean binary = encoding.equals("binary");
    if (binary && schemas.size() > 1) {
      errors.add(
          "setting=" + source.schemas() + ": " + schemas.size() + " schemas, expected 1 with "
              + source.encoding() + "=binary: nothing in the bytes tells them apart.");
    }
    if (schemas.isEmpty()) {
      errors.add("setting=" + source.schemas() + ": empty, expected the .avsc files of the "
          + source.name().toLowerCase(Locale.ROOT) + "s' schemas.");
    }
    return binary
        ? () -> new BinaryFormat(schemas.get(0))
        : () -> new SingleObjectFormat(source, schemas);
  }

  private Supplier<WireFormat> confluent() {
    if (!RegistryConfig.isSet(config)) {
      errors.add("setting=" + RegistryConfig.URL + ": empty, expected the registry that "
          + source.encoding() + "=confluent needs.");
    }
    return this::confluentFormat;
  }

  private WireFormat confluentFormat() {
    return new ConfluentFormat(source, config.schemaRegistry());
  }

  private void withoutMeaning(String name) {
    Object standard = Settings.DEFINITION.defaultValues().get(name);
    if (!config.values().get(name).equals(standard)) {
      errors.add("setting=" + name + ": has no meaning with " + source.format() + "="
          + config.getString(source.format()) + ".");
    }
  }

  private Mapping mapping() {
    return switch (source) {
      case EVENT -> ofEvents();
      case LABEL -> ofLabels();
    };
  }

  private Mapping ofEvents() {
    List<FieldPath> features = paths(source.features());
    List<FieldPath> categories = paths(source.categories());
    if (features.isEmpty() && categories.isEmpty()) {
      errors.add("setting=" + source.features()
          + ": empty, expected the fields with the features, comma-separated, or "
          + source.categories() + ".");
    }
    return new Mapping(
        source,
        path(source.key()),
        path(source.time()),
        unit(),
        path(source.id()),
        features,
        categories,
        path(source.label()),
        path(source.end()));
  }

  private Mapping ofLabels() {
    requireField(source.id(), "the id of the event that a label speaks of");
    requireField(source.label(), "the label");
    return new Mapping(
        source,
        path(source.key()),
        Optional.empty(),
        TimeUnit.MILLISECONDS,
        path(source.id()),
        List.of(),
        List.of(),
        path(source.label()),
        Optional.empty());
  }

  private void requireField(String setting, String meaning) {
    if (config.getString(setting).isEmpty()) {
      errors.add("setting=" + setting + ": empty, expected the field with " + meaning + ".");
    }
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
