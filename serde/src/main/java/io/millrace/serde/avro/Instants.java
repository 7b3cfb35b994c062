package io.millrace.serde.avro;

import io.millrace.serde.mapping.Times;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/** A field's value to milliseconds since 1970; what has no zone is taken as UTC. */
@FunctionalInterface
interface Instants {
  long MILLIS_A_DAY = TimeUnit.DAYS.toMillis(1);

  /** @throws IllegalArgumentException when the text is no time */
  long millis(Object value);

  /**
   * @param unit of numbers that do not say it themselves
   * @throws IllegalArgumentException when the field is no time
   */
  static Instants of(Schema field, TimeUnit unit) {
    Schema type = Types.only(field).orElseThrow(() -> noTime(field));
    String logical = Types.logical(type).orElse("");
    return switch (logical) {
      case "timestamp-millis", "local-timestamp-millis" -> value -> (long) value;
      case "timestamp-micros", "local-timestamp-micros" ->
        value -> Math.floorDiv((long) value, 1_000L);
      case "timestamp-nanos", "local-timestamp-nanos" ->
        value -> Math.floorDiv((long) value, 1_000_000L);
      case "date" -> value -> (int) value * MILLIS_A_DAY;
      case "" -> plain(type, unit);
      default -> throw noTime(field);
    };
  }

  private static Instants plain(Schema type, TimeUnit unit) {
    return switch (type.getType()) {
      case INT, LONG ->
        value -> unit == TimeUnit.MILLISECONDS
            ? ((Number) value).longValue()
            : Times.millis(BigDecimal.valueOf(((Number) value).longValue()), unit);
      case FLOAT, DOUBLE ->
        value -> Times.millis(BigDecimal.valueOf(((Number) value).doubleValue()), unit);
      case STRING -> value -> Times.parse(value.toString(), unit).toEpochMilli();
      default -> throw noTime(type);
    };
  }

  private static IllegalArgumentException noTime(Schema field) {
    return new IllegalArgumentException("field is " + Types.text(field)
        + ", expected a timestamp, a date, a number or a text in ISO-8601.");
  }
}
