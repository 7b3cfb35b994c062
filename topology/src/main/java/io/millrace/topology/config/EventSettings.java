package io.millrace.topology.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.millrace.serde.mapping.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings by which users' own records are read. */
public final class EventSettings {
  public static final String FORMAT = Source.EVENT.format();
  public static final String REGISTRY_URL = RegistryConfig.URL;
  static final String ENCODING = Source.EVENT.encoding();
  static final String SCHEMAS = Source.EVENT.schemas();
  static final String KEY = Source.EVENT.key();
  static final String TIME = Source.EVENT.time();
  static final String TIME_UNIT = Source.EVENT.setting("time.unit");
  static final String ID = Source.EVENT.id();
  static final String FEATURES = Source.EVENT.features();
  static final String CATEGORIES = Source.EVENT.categories();
  static final String LABEL = Source.EVENT.label();
  static final String END = Source.EVENT.end();

  /** Without a meaning for Millrace's own events. */
  static final List<String> OF_A_MAPPING =
      List.of(ENCODING, SCHEMAS, KEY, TIME, TIME_UNIT, ID, FEATURES, CATEGORIES, LABEL, END);

  private EventSettings() {}

  /** For commands that make the events themselves, whatever those of the topic look like. */
  public static Map<String, String> ownEvents() {
    Map<String, String> settings = new HashMap<>(Map.of(FORMAT, "millrace"));
    OF_A_MAPPING.forEach(name -> {
      ConfigDef.ConfigKey key = Settings.DEFINITION.configKeys().get(name);
      settings.put(name, key.type == Type.LIST ? "" : (String) key.defaultValue);
    });
    settings.put(RegistryConfig.URL, "");
    return settings;
  }

  /** @throws ConfigErrors where the topic's events are others than those that commands of ours make */
  public static void requireOwnEvents(MillraceConfig config) {
    String format = config.getString(FORMAT);
    if (!format.equals("millrace")) {
      throw new ConfigErrors(
          List.of(
              "setting=" + FORMAT + ": " + format
                  + ", expected millrace: this command makes Millrace's own events, which the application would refuse."));
    }
    if (RegistryConfig.isSet(config)) {
      throw new ConfigErrors(
          List.of(
              "setting=" + RegistryConfig.URL
                  + ": set, expected none: this command makes events in single-object encoding, which the application would refuse."));
    }
  }

  static void define(ConfigDef def) {
    records(def);
    fields(def);
  }

  private static void records(ConfigDef def) {
    def.define(
        FORMAT,
        Type.STRING,
        "millrace",
        in("millrace", "avro", "json"),
        HIGH,
        "What the events topic holds: millrace, our own Event; avro or json, any record, of which event.features and the settings "
            + "beside it say what its fields mean.");
    def.define(
        ENCODING,
        Type.STRING,
        "auto",
        in("auto", "single-object", "binary", "confluent"),
        MEDIUM,
        "How Avro events tell their schema: single-object, by fingerprint; binary, not at all, so event.schemas is the one of all; "
            + "confluent, by an id of the schema registry. auto: confluent where schema.registry.url is set, else single-object.");
    def.define(
        SCHEMAS,
        Type.LIST,
        "",
        MEDIUM,
        "Schemas of Avro events: .avsc files, each complete in itself, and directories of them, in the order of their names. The "
            + "last one is what the mapping is checked against; it has the defaults of fields that other writers lack. The others are "
            + "those writers'.");
  }

  private static void fields(ConfigDef def) {
    def.define(
        KEY,
        Type.STRING,
        "",
        HIGH,
        "Field with the key, text or whole number: a path such as a.b.c. Empty: the record's key. The topic must be partitioned by "
            + "it already; nothing is sent to another partition here. States and scores have its text in UTF-8 as their key.");
    def.define(
        TIME,
        Type.STRING,
        "",
        HIGH,
        "Field with the time: an Avro timestamp or date, a number, or a text in ISO-8601; UTC where it has no zone. Empty: the "
            + "record's time.");
    def.define(
        TIME_UNIT,
        Type.STRING,
        "ms",
        in("s", "ms", "us", "ns"),
        MEDIUM,
        "Unit of times that are plain numbers, since 1970.");
    def.define(ID, Type.STRING, "", MEDIUM, "Field with the event's id. Empty: events have none.");
    def.define(
        FEATURES,
        Type.LIST,
        "",
        HIGH,
        "Fields with the features, in the model's order: numbers, booleans as 0 or 1, Avro decimals. A null makes a dead letter.");
    def.define(
        CATEGORIES,
        Type.LIST,
        "",
        HIGH,
        "Fields with the categories, in the model's order: texts, whole numbers, booleans. A null is unknown.");
    def.define(
        LABEL,
        Type.STRING,
        "",
        HIGH,
        "Field with the label, where the event itself has it: number or boolean; 0 or 1 for model.head=binary. Null while it is not known.");
    def.define(
        END,
        Type.STRING,
        "",
        MEDIUM,
        "Boolean field: true ends the key's sequence with this event, so its window is cut and the next event begins anew; false and null do not. An event that comes late ends nothing.");
  }
}
