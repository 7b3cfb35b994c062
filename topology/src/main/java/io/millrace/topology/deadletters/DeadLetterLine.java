package io.millrace.topology.deadletters;

import io.millrace.topology.score.DeadLetter;
import java.util.Optional;

/**
 * A dead letter as it is shown; also its JSON. Of what others wrote only the beginnings are there, and of the value no more than 24 bytes: it may hold
 * what not everybody may see.
 *
 * @param place where the letter lies, {@code topic-partition@offset}
 * @param origin where the original was read
 * @param time record time of the original, ISO-8601
 * @param key of the original; null for none
 * @param reason as in metrics, {@code wrong-type}
 * @param exception class name
 * @param valueBytes length of the value; null for none
 * @param value its beginning; null for none
 * @param replayed place of the dead letter that the original was sent back from before; null where it never was
 */
public record DeadLetterLine(
    String place,
    String origin,
    String time,
    String key,
    String reason,
    String message,
    String exception,
    Integer valueBytes,
    String value,
    String replayed) {
  private static final int KEY_BYTES = 128;
  private static final int VALUE_BYTES = 24;
  private static final int HEADER_CHARS = 400;
  private static final String UNKNOWN = "unknown";

  static DeadLetterLine of(Letter letter) {
    return new DeadLetterLine(
        letter.place().text(),
        origin(letter),
        letter.time().toString(),
        letter.key() == null ? null : Excerpt.of(letter.key(), KEY_BYTES),
        text(letter, DeadLetter.REASON).orElse(UNKNOWN),
        text(letter, DeadLetter.MESSAGE).orElse(UNKNOWN),
        text(letter, DeadLetter.EXCEPTION).orElse(UNKNOWN),
        letter.value() == null ? null : letter.value().length,
        letter.value() == null ? null : Excerpt.of(letter.value(), VALUE_BYTES),
        text(letter, DeadLetter.REPLAYED).orElse(null));
  }

  static String origin(Letter letter) {
    return text(letter, DeadLetter.PLACE).orElse(UNKNOWN);
  }

  private static Optional<String> text(Letter letter, String header) {
    return letter.header(header).map(text -> Excerpt.of(text, HEADER_CHARS));
  }
}
