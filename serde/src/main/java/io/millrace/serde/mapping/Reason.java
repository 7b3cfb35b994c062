package io.millrace.serde.mapping;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why an event became a dead letter. */
public enum Reason {
  /** No key, so nobody's memory to hold it against. */
  NULL_KEY,
  /** No value. */
  NULL_VALUE,
  /** The bytes are no event. */
  UNDECODABLE,
  /** The bytes name a schema that is not known. */
  UNKNOWN_SCHEMA,
  /** The schema that wrote the event lacks a mapped field, or has it in a type that cannot be taken. */
  INCOMPATIBLE_SCHEMA,
  /** A mapped field is not in the event. */
  MISSING_FIELD,
  /** A mapped field is null. */
  NULL_FIELD,
  /** A mapped field holds something of another type, or a text that cannot be understood. */
  WRONG_TYPE,
  /** More or fewer features than the model has inputs. */
  WRONG_WIDTH,
  /** A feature or a label is NaN, infinite, or has a square that is. */
  NON_FINITE,
  /** Older than the key's last event, where such events are refused. */
  LATE,
  /** Nothing of the above: a fault of ours that one event brought to light. */
  UNEXPECTED;

  /** As it stands in headers and metrics, {@code wrong-width}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one whose {@link #text()} it is; empty where there is none. */
  public static Optional<Reason> of(String text) {
    return Stream.of(values()).filter(reason -> reason.text().equals(text)).findFirst();
  }
}
