package io.millrace.topology.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A properties file, UTF-8. */
public final class ConfigFile {
  private ConfigFile() {}

  /** @throws ConfigErrors when it cannot be read */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigErrors(List.of("file=" + file + ": no such file."));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigErrors(List.of("file=" + file + ": cannot be read, " + e.getMessage() + "."));
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name).strip()));
    return values;
  }
}
