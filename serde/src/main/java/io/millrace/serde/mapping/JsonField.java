package io.millrace.serde.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A mapped field of a JSON object, and what may stand there. */
record JsonField(FieldPath path) {

  /** @return empty when it, or an object around it, is missing or null */
  Optional<JsonNode> find(JsonNode record) {
    return Optional.of(at(record)).filter(value -> !value.isMissingNode() && !value.isNull());
  }

  /** @param whenNull the reason for a null; a missing field has its own */
  JsonNode require(JsonNode record, Reason whenNull) {
    JsonNode value = at(record);
    if (value.isMissingNode()) {
      throw new BadEventException(
          Reason.MISSING_FIELD,
          "field=" + path + ", actual=missing. Send every mapped field in every event.");
    }
    if (value.isNull()) {
      throw new BadEventException(
          whenNull, "field=" + path + ", actual=null. Send a value in every event.");
    }
    return value;
  }

  private JsonNode at(JsonNode record) {
    JsonNode value = record;
    for (String name : path.names()) {
      value = value.path(name);
    }
    return value;
  }

  double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    throw notTaken("a number or a boolean", value);
  }

  boolean truth(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    throw notTaken("a boolean", value);
  }

  String text(JsonNode value) {
    if (value.isTextual() || value.isIntegralNumber()) {
      return value.asText();
    }
    throw notTaken("a text or a whole number", value);
  }

  String category(JsonNode value) {
    if (value.isTextual() || value.isIntegralNumber() || value.isBoolean()) {
      return value.asText();
    }
    throw notTaken("a text, a whole number or a boolean", value);
  }

  BadEventException notTaken(String expected, JsonNode value) {
    return BadEventException.wrongType(path, expected, value);
  }
}
