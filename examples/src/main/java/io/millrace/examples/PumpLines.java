package io.millrace.examples;

import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Events as lines of text, {@code pump;time;pressure;speed}: a format that no configuration can describe. */
public final class PumpLines implements EventMapper {
  private static final int FIELDS = 4;

  @Override
  public MappedEvent map(RawEvent in) {
    String[] fields = new String(in.value(), StandardCharsets.UTF_8).split(";", -1);
    if (fields.length != FIELDS) {
      throw new BadEventException(
          Reason.UNDECODABLE,
          "field=value, expected=pump;time;pressure;speed, actual=" + fields.length
              + " fields. Send lines of four.");
    }
    return new MappedEvent(
        fields[0].getBytes(StandardCharsets.UTF_8),
        Optional.empty(),
        millis(fields[1]),
        new double[] {number("pressure", fields[2]), number("speed", fields[3])},
        fields[3].equals("0"));
  }

  private static long millis(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw notTaken("time", "a time in ISO-8601", e);
    }
  }

  private static double number(String field, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw notTaken(field, "a number", e);
    }
  }

  private static BadEventException notTaken(String field, String expected, Exception cause) {
    return new BadEventException(
        Reason.WRONG_TYPE,
        "event rejected: field=" + field + ", expected=" + expected + ". Correct the sender.",
        cause);
  }
}
