package io.millrace.topology.config;

import io.millrace.serde.mapping.NearestNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** Lays the sources of settings over one another and checks the result, collecting every error. */
final class ConfigLayers {
  private static final String ENVIRONMENT_PREFIX = "MILLRACE_";

  /** Read by the launcher and by the logging, before there is a configuration. */
  private static final Set<String> NOT_SETTINGS =
      Set.of("MILLRACE_JAVA_OPTS", "MILLRACE_LOG_LEVEL");

  private static final List<String> PASSED_THROUGH = List.of(
      "streams.",
      "producer.",
      "consumer.",
      "admin.",
      "rocksdb.",
      RegistryConfig.SSL_PREFIX,
      AbstractConfig.CONFIG_PROVIDERS_CONFIG);

  private ConfigLayers() {}

  /** @param optionsInFile keys that the file may hold for the command line; no settings */
  static MillraceConfig of(
      Map<String, String> defaults,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> sets,
      Set<String> optionsInFile) {
    List<String> errors = new ArrayList<>();
    Map<String, String> said = new TreeMap<>();
    file.ifPresent(path -> said.putAll(read(path, errors)));
    said.keySet().removeAll(optionsInFile);
    said.putAll(fromEnvironment(environment));
    said.putAll(sets);
    Map<String, String> values = new TreeMap<>(defaults);
    inputsOf(said).ifPresent(inputs -> values.put(Settings.MODEL_INPUTS, inputs));
    values.putAll(said);
    checkNames(values, optionsInFile, errors);
    checkValues(values, errors);
    if (errors.isEmpty()) {
      MillraceConfig config = resolved(values);
      errors.addAll(CrossChecks.errors(config));
      if (errors.isEmpty()) {
        return config;
      }
    }
    throw new ConfigErrors(errors);
  }

  /** Providers put the values in that stand elsewhere, as in {@code ${file:/run/secrets/kafka:password}}. */
  private static MillraceConfig resolved(Map<String, String> values) {
    try {
      return new MillraceConfig(values);
    } catch (ConfigException e) {
      throw new ConfigErrors(List.of(
          "setting=" + AbstractConfig.CONFIG_PROVIDERS_CONFIG + ": " + e.getMessage() + "."));
    }
  }

  private static Map<String, String> read(Path file, List<String> errors) {
    try {
      return ConfigFile.read(file);
    } catch (ConfigErrors e) {
      errors.addAll(e.errors());
      return Map.of();
    }
  }

  /** Whoever names the features has said how many there are; who names categories alone, that there are none. */
  private static Optional<String> inputsOf(Map<String, String> said) {
    String features = said.getOrDefault(EventSettings.FEATURES, "");
    if (!features.isEmpty()) {
      return Optional.of(String.valueOf(features.split(",").length));
    }
    return said.getOrDefault(EventSettings.CATEGORIES, "").isEmpty()
        ? Optional.empty()
        : Optional.of("0");
  }

  private static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(ENVIRONMENT_PREFIX) && !NOT_SETTINGS.contains(name)) {
        String setting = name.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT);
        values.put(setting.replace('_', '.'), value);
      }
    });
    return values;
  }

  private static void checkNames(
      Map<String, String> values, Set<String> optionsInFile, List<String> errors) {
    for (String name : values.keySet()) {
      boolean known =
          Settings.DEFINITION.names().contains(name) || SecuritySettings.names().contains(name);
      if (!known && PASSED_THROUGH.stream().noneMatch(name::startsWith)) {
        errors.add("setting=" + name + ": unknown." + nearest(name, optionsInFile));
      }
    }
  }

  /** A value is not repeated unless it is one of our own settings: the only secret among those may be anything. */
  private static void checkValues(Map<String, String> values, List<String> errors) {
    for (ConfigValue value : Settings.DEFINITION.validate(values)) {
      // One a setting: what follows the first is the same fault seen again.
      value.errorMessages().stream()
          .limit(1)
          .forEach(message -> errors.add("setting=" + value.name() + ": " + message));
    }
  }

  private static String nearest(String name, Set<String> optionsInFile) {
    List<String> known = Stream.of(
            Settings.DEFINITION.names(), SecuritySettings.names(), optionsInFile)
        .flatMap(Set::stream)
        .toList();
    return NearestNames.of(name, known).stream()
        .findFirst()
        .filter(candidate -> NearestNames.distance(name, candidate) <= 3)
        .map(candidate -> " Did you mean " + candidate + "?")
        .orElse(" All settings stand in docs/config.md with their meaning.");
  }
}
