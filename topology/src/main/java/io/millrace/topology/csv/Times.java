package io.millrace.topology.csv;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.concurrent.TimeUnit;

/** Times as people write them: a number, ISO-8601, or {@code yyyy-MM-dd HH:mm:ss}; UTC where no zone is given. */
final class Times {
  private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
      .append(DateTimeFormatter.ISO_LOCAL_DATE)
      .optionalStart()
      .appendPattern("['T'][' ']")
      .append(DateTimeFormatter.ISO_LOCAL_TIME)
      .optionalStart()
      .appendOffset("+HH:mm", "Z")
      .optionalEnd()
      .optionalEnd()
      .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
      .toFormatter();

  private Times() {}

  /** @throws IllegalArgumentException when the text is no time */
  static Instant parse(String text, TimeUnit unit) {
    try {
      return isNumber(text) ? ofNumber(new BigDecimal(text), unit) : ofDate(text);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)
        && text.indexOf('-', 1) < 0;
  }

  private static Instant ofNumber(BigDecimal amount, TimeUnit unit) {
    BigDecimal nanos = amount.multiply(BigDecimal.valueOf(unit.toNanos(1)));
    return Instant.ofEpochMilli(nanos.movePointLeft(6).longValue());
  }

  private static Instant ofDate(String text) {
    TemporalAccessor parsed = FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime time
        ? time.toInstant()
        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
  }
}
