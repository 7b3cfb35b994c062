package io.millrace.topology.score;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a record lies; its text is {@code topic-partition@offset}. */
public record RecordPlace(String topic, int partition, long offset) {
  private static final Pattern TEXT = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

  /** Empty where the text is none. */
  public static Optional<RecordPlace> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new RecordPlace(
            parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  public String text() {
    return topic + "-" + partition + "@" + offset;
  }
}
