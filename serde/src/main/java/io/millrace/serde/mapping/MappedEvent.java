package io.millrace.serde.mapping;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the model takes of a record.
 *
 * @param key whose memory it is held against, and the key of its score; null makes a dead letter
 * @param id the sender's name for it
 * @param time when it happened: milliseconds since 1970
 * @param features [D] in the user's units; what is not finite, or not as many as the model has inputs, makes a dead letter
 * @param categories [K] as texts, null where there is none; not as many as the model has fields for makes a dead letter
 * @param label what turned out to be true of it, where that is known already: 0 or 1 for a binary head
 * @param end the key's sequence ends with it
 */
public record MappedEvent(
    byte[] key,
    Optional<String> id,
    long time,
    double[] features,
    List<String> categories,
    OptionalDouble label,
    boolean end) {

  /** Numbers and no more. */
  public MappedEvent(byte[] key, Optional<String> id, long time, double[] features, boolean end) {
    this(key, id, time, features, List.of(), OptionalDouble.empty(), end);
  }
}
