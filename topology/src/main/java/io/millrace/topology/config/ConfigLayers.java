package io.millrace.topology.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;

/** Lays the sources of settings over one another and checks the result, collecting every error. */
final class ConfigLayers {
  private static final String ENVIRONMENT_PREFIX = "MILLRACE_";

  /** Read by the launcher and by the logging, before there is a configuration. */
  private static final Set<String> NOT_SETTINGS =
      Set.of("MILLRACE_JAVA_OPTS", "MILLRACE_LOG_LEVEL");

  private static final List<String> PASSED_THROUGH =
      List.of("streams.", "producer.", "consumer.", "admin.", "rocksdb.");

  private ConfigLayers() {}

  /** @param optionsInFile keys that the file may hold for the command line; no settings */
  static MillraceConfig of(
      Map<String, String> defaults,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> sets,
      Set<String> optionsInFile) {
    Map<String, String> values = new TreeMap<>(defaults);
    List<String> errors = new ArrayList<>();
    file.ifPresent(path -> values.putAll(read(path, errors)));
    values.keySet().removeAll(optionsInFile);
    values.putAll(fromEnvironment(environment));
    values.putAll(sets);
    checkNames(values, optionsInFile, errors);
    checkValues(values, errors);
    if (errors.isEmpty()) {
      MillraceConfig config = new MillraceConfig(values);
      errors.addAll(CrossChecks.errors(config));
      if (errors.isEmpty()) {
        return config;
      }
    }
    throw new ConfigErrors(errors);
  }

  private static Map<String, String> read(Path file, List<String> errors) {
    try {
      return ConfigFile.read(file);
    } catch (ConfigErrors e) {
      errors.addAll(e.errors());
      return Map.of();
    }
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
      boolean known = Settings.DEFINITION.names().contains(name);
      if (!known && PASSED_THROUGH.stream().noneMatch(name::startsWith)) {
        errors.add("setting=" + name + ": unknown." + nearest(name, optionsInFile));
      }
    }
  }

  /** A value is not repeated unless it is one of our own settings: none of those is a secret. */
  private static void checkValues(Map<String, String> values, List<String> errors) {
    for (ConfigValue value : Settings.DEFINITION.validate(values)) {
      // One a setting: what follows the first is the same fault seen again.
      value.errorMessages().stream()
          .limit(1)
          .forEach(message -> errors.add("setting=" + value.name() + ": " + message));
    }
  }

  private static String nearest(String name, Set<String> optionsInFile) {
    return Stream.concat(Settings.DEFINITION.names().stream(), optionsInFile.stream())
        .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
        .filter(candidate -> distance(name, candidate) <= 3)
        .map(candidate -> " Did you mean " + candidate + "?")
        .orElse(" All settings stand in docs/config.md with their meaning.");
  }

  /** Levenshtein's, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
