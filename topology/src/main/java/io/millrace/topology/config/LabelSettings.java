package io.millrace.topology.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.millrace.serde.mapping.Source;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings by which users' own records are read as labels, where those come by a topic. */
final class LabelSettings {
  static final String FORMAT = Source.LABEL.format();
  static final String ENCODING = Source.LABEL.encoding();
  static final String SCHEMAS = Source.LABEL.schemas();
  static final String KEY = Source.LABEL.key();
  static final String ID = Source.LABEL.id();
  static final String VALUE = Source.LABEL.label();

  /** Without a meaning for Millrace's own labels. */
  static final List<String> OF_A_MAPPING = List.of(ENCODING, SCHEMAS, KEY, ID, VALUE);

  private LabelSettings() {}

  static void define(ConfigDef def) {
    def.define(
        FORMAT,
        Type.STRING,
        "millrace",
        in("millrace", "avro", "json"),
        MEDIUM,
        "What topic.labels holds: millrace, our own Label; avro or json, any record, of which label.id and label.value say which "
            + "fields are meant.");
    def.define(
        ENCODING,
        Type.STRING,
        "auto",
        in("auto", "single-object", "binary", "confluent"),
        MEDIUM,
        "How Avro labels tell their schema, as event.encoding says it of events.");
    def.define(
        SCHEMAS,
        Type.LIST,
        "",
        MEDIUM,
        "Schemas of Avro labels, as event.schemas has those of events.");
    def.define(
        KEY,
        Type.STRING,
        "",
        MEDIUM,
        "Field with the key of the event that a label speaks of, text or whole number. Empty: the record's key. The topic must be "
            + "partitioned by it as the events are.");
    def.define(
        ID,
        Type.STRING,
        "",
        MEDIUM,
        "Field with the id of the event that a label speaks of, text or whole number. A null makes a dead letter.");
    def.define(
        VALUE,
        Type.STRING,
        "",
        MEDIUM,
        "Field with the label itself: number or boolean; 0 or 1 for model.head=binary. A null makes a dead letter.");
  }
}
