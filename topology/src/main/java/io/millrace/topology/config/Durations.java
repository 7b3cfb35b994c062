package io.millrace.topology.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 12h}, {@code 7d}. */
final class Durations implements ConfigDef.Validator {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  static Duration parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public void ensureValid(String name, Object value) {
    if (value instanceof String text && (!isOne(text) || parse(text).isZero())) {
      throw new ConfigException(
          name, value, "expected a duration above 0 such as 500ms, 30s, 5m, 12h or 7d");
    }
  }

  @Override
  public String toString() {
    return "number with ms, s, m, h or d";
  }
}
