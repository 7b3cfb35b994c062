package io.millrace.topology.csv;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which columns of a file mean what.
 *
 * @param time column of the event's time
 * @param unit of times that are plain numbers
 * @param features columns of the features, in the model's order
 * @param key column of the key; without one, each file is a key
 * @param id column of the event's id
 */
public record Columns(
    String time, TimeUnit unit, List<String> features, Optional<String> key, Optional<String> id) {}
