package io.millrace.topology.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** The page of all settings, docs/config.md, from their definition. */
public final class ConfigDocs {
  private static final String HEAD = """
      # Settings

      Made by `./millrace config-docs > docs/config.md` from `Settings.java`; a test fails while this page is stale.

      A setting's value comes from, later ones winning: its default, the file of `--config`, the environment
      (`MILLRACE_MODEL_HIDDEN` is `model.hidden`), `--set model.hidden=32`. All errors are told at once, before any connection.

      What begins with `streams.`, `producer.`, `consumer.`, `admin.`, `rocksdb.` or `schema.registry.ssl.` passes through to those who know it; in the file,
      `evaluate.time=timestamp` stands for that command's option `--time timestamp`.

      `security.protocol`, `sasl.*` and `ssl.*`, as Kafka's clients have them, hold for every client of every command; under one of those prefixes they win for
      that kind. Values may stand elsewhere, by Kafka's `config.providers`. [Secured clusters](security.md) has an example.

      Kafka's own settings keep Kafka Streams' defaults but for these, which a setting of yours overrides: `producer.batch.size=131072` (fewer, larger
      requests where the changelog is the load), `producer.linger.ms=2` under `at_least_once` (a score waits no longer for others; the default is 100),
      `producer.transaction.timeout.ms=60000` (a long pause of the JVM must not abort a transaction), `producer.max.request.size=1114112` (the dead letter of the
      largest event that Kafka takes by default must fit).

      | name | type | default | valid | importance | meaning |
      |---|---|---|---|---|---|
      """;

  private static final Set<Object> EMPTY = Set.of("", List.of(), new Password(""));

  private ConfigDocs() {}

  /** Markdown. */
  public static String markdown() {
    return Settings.DEFINITION.configKeys().values().stream()
        .sorted(Comparator.comparing((ConfigKey key) -> key.name))
        .map(ConfigDocs::row)
        .collect(Collectors.joining("", HEAD, ""));
  }

  private static String row(ConfigKey key) {
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            key.name,
            text(key.type),
            standard(key),
            key.validator == null ? "any" : key.validator,
            text(key.importance),
            key.documentation);
  }

  private static String standard(ConfigKey key) {
    if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
      return "none, must be set";
    }
    return EMPTY.contains(key.defaultValue) ? "empty" : "`" + key.defaultValue + "`";
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
