package io.millrace.model.scoring;

/**
 * An event as the model takes it: mapped, checked, and without its key.
 *
 * @param time event time: milliseconds since 1970
 * @param seen when Kafka saw it (record time): milliseconds since 1970
 * @param features [F] raw units, finite
 */
public record Observation(long time, long seen, double[] features) {}
