package io.millrace.serde.mapping;

import org.apache.kafka.common.header.Headers;

/**
 * A record of the events topic as it came.
 *
 * @param key null when the record has none
 * @param value never null
 * @param timestamp record time: milliseconds since 1970
 */
public record RawEvent(byte[] key, byte[] value, long timestamp, Headers headers) {}
