package io.millrace.serde.mapping;

import java.util.Optional;

/**
 * What the model takes of a record.
 *
 * @param key whose memory it is held against, and the key of its score; null makes a dead letter
 * @param id the sender's name for it
 * @param time when it happened: milliseconds since 1970
 * @param features [F] in the user's units; what is not finite, or not as many as the model has inputs, makes a dead letter
 * @param end the key's sequence ends with it
 */
public record MappedEvent(
    byte[] key, Optional<String> id, long time, double[] features, boolean end) {}
