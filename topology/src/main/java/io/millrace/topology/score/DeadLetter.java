package io.millrace.topology.score;

import io.millrace.serde.mapping.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record that could not be scored: its original key, value and headers, with what went wrong in headers beside them.
 */
public final class DeadLetter {
  /** {@link Reason#text()}. */
  public static final String REASON = "millrace.reason";

  /** The error in one sentence. */
  public static final String MESSAGE = "millrace.message";

  /** Class name of the exception. */
  public static final String EXCEPTION = "millrace.exception";

  /** Where the record was read: a {@link RecordPlace}. */
  public static final String PLACE = "millrace.place";

  /** The record's own time, milliseconds since 1970: the letter's is when it was written, so that it is kept from then on. */
  public static final String TIME = "millrace.time";

  /** On a record that was sent back to where it came from: the {@link RecordPlace} of its dead letter. */
  public static final String REPLAYED = "millrace.replayed";

  /** What its topic and its producer have to take: the largest record that Kafka takes unless told otherwise, and our headers beside it. */
  public static final int LARGEST_BYTES = 1024 * 1024 + 64 * 1024;

  private static final int LONGEST_MESSAGE = 1_000;

  private DeadLetter() {}

  static Record<byte[], byte[]> of(
      Record<byte[], byte[]> in,
      Reason reason,
      Optional<RecordMetadata> metadata,
      Throwable cause) {
    String place = metadata
        .map(at -> new RecordPlace(at.topic(), at.partition(), at.offset()).text())
        .orElse("unknown");
    return in.withHeaders(headers(in.headers(), reason, place, in.timestamp(), cause));
  }

  static Headers headers(
      Headers original, Reason reason, String place, long time, Throwable cause) {
    Headers headers = new RecordHeaders(original);
    set(headers, REASON, reason.text());
    set(headers, MESSAGE, shortened(String.valueOf(cause.getMessage())));
    set(
        headers,
        EXCEPTION,
        (cause.getCause() == null ? cause : cause.getCause()).getClass().getName());
    set(headers, PLACE, place);
    set(headers, TIME, Long.toString(time));
    return headers;
  }

  /** What an error quotes may be as long as a schema, and a letter has to fit into its topic. */
  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "..";
  }

  /**
   * The way back: the original's headers without ours, but one that says where the dead letter lies.
   *
   * @param letter where it lies
   */
  public static Headers headersSentBack(Headers ofLetter, RecordPlace letter) {
    Headers headers = new RecordHeaders(ofLetter);
    Stream.of(REASON, MESSAGE, EXCEPTION, PLACE, TIME).forEach(headers::remove);
    set(headers, REPLAYED, letter.text());
    return headers;
  }

  /** Replaces what the sender may have put there: a header of ours must not be forged. */
  private static void set(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
