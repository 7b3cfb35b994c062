package io.millrace.serde.mapping;

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
public final class Times {
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

  /** Of nanoseconds in a millisecond. */
  private static final int NANOS_DIGITS = 6;

  /** Of milliseconds, that a long holds whatever they are. */
  private static final int DIGITS = 18;

  /** Characters; a parser takes the square of their number in steps. */
  private static final int LONGEST_NUMBER = 100;

  private Times() {}

  /** @throws IllegalArgumentException when the text is no time */
  public static Instant parse(String text, TimeUnit unit) {
    try {
      return Instant.ofEpochMilli(
          isNumber(text) ? millis(new BigDecimal(text), unit) : ofDate(text).toEpochMilli());
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  /**
   * @return milliseconds since 1970
   * @throws IllegalArgumentException when they are too many for any calendar
   */
  public static long millis(BigDecimal amount, TimeUnit unit) {
    BigDecimal millis =
        amount.multiply(BigDecimal.valueOf(unit.toNanos(1))).movePointLeft(NANOS_DIGITS);
    if ((long) millis.precision() - millis.scale() > DIGITS) {
      throw new IllegalArgumentException("no time: " + amount);
    }
    return millis.longValue();
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NUMBER
        && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)
        && text.indexOf('-', 1) < 0;
  }

  private static Instant ofDate(String text) {
    TemporalAccessor parsed = FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime time
        ? time.toInstant()
        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
  }
}
