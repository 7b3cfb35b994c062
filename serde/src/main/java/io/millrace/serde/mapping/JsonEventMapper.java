package io.millrace.serde.mapping;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** JSON objects, by a mapping: numbers and booleans as features, and never a text in a number's place. */
public final class JsonEventMapper implements EventMapper {
  private final ObjectReader reader = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .reader();
  private final Optional<JsonField> key;
  private final Optional<JsonField> time;
  private final TimeUnit unit;
  private final Optional<JsonField> id;
  private final List<JsonField> features;
  private final List<JsonField> categories;
  private final Optional<JsonField> label;
  private final Optional<JsonField> end;

  public JsonEventMapper(Mapping mapping) {
    this.key = mapping.key().map(JsonField::new);
    this.time = mapping.time().map(JsonField::new);
    this.unit = mapping.unit();
    this.id = mapping.id().map(JsonField::new);
    this.features = mapping.features().stream().map(JsonField::new).toList();
    this.categories = mapping.categories().stream().map(JsonField::new).toList();
    this.label = mapping.label().map(JsonField::new);
    this.end = mapping.end().map(JsonField::new);
  }

  @Override
  public MappedEvent map(RawEvent in) {
    JsonNode record = decode(in.value());
    return new MappedEvent(
        key.isPresent() ? key(key.get(), record) : in.key(),
        id.flatMap(field -> field.find(record).map(field::text)),
        time.isPresent() ? millis(time.get(), record) : in.timestamp(),
        features(record),
        categories(record),
        label(record),
        end.flatMap(field -> field.find(record).map(field::truth)).orElse(false));
  }

  private JsonNode decode(byte[] bytes) {
    try {
      JsonNode record = reader.readTree(bytes);
      if (record.isObject()) {
        return record;
      }
    } catch (IOException e) {
      throw undecodable(bytes, e);
    }
    throw undecodable(bytes, null);
  }

  private static BadEventException undecodable(byte[] bytes, IOException cause) {
    return new BadEventException(
        Reason.UNDECODABLE,
        "event rejected: field=value, expected=a JSON object, length=" + bytes.length
            + ". Send one object in UTF-8.",
        cause);
  }

  private static byte[] key(JsonField field, JsonNode record) {
    JsonNode value = field.require(record, Reason.NULL_KEY);
    return field.text(value).getBytes(StandardCharsets.UTF_8);
  }

  private long millis(JsonField field, JsonNode record) {
    JsonNode value = field.require(record, Reason.NULL_FIELD);
    try {
      if (value.isNumber()) {
        return Times.millis(value.decimalValue(), unit);
      }
      if (value.isTextual()) {
        return Times.parse(value.textValue(), unit).toEpochMilli();
      }
    } catch (IllegalArgumentException e) {
      throw field.notTaken("a time", value);
    }
    throw field.notTaken("a time", value);
  }

  private double[] features(JsonNode record) {
    double[] values = new double[features.size()];
    for (int f = 0; f < values.length; f++) {
      JsonField field = features.get(f);
      values[f] = field.number(field.require(record, Reason.NULL_FIELD));
    }
    return values;
  }

  private List<String> categories(JsonNode record) {
    String[] texts = new String[categories.size()];
    for (int k = 0; k < texts.length; k++) {
      JsonField field = categories.get(k);
      texts[k] = field.find(record).map(field::category).orElse(null);
    }
    return Arrays.asList(texts);
  }

  private OptionalDouble label(JsonNode record) {
    if (label.isEmpty()) {
      return OptionalDouble.empty();
    }
    Optional<JsonNode> value = label.get().find(record);
    return value.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(label.get().number(value.get()));
  }
}
