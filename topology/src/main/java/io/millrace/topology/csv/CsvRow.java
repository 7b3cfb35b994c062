package io.millrace.topology.csv;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One row as an event.
 *
 * @param file the row stands in, relative to the data set
 * @param number of the row in its file, from 0
 * @param key of the event
 * @param timeText as it stands in the file
 * @param time empty when the text is none
 * @param features NaN where a field is no number
 * @param categories null where a field is empty
 * @param label NaN where the field is no number; empty where there is none
 * @param end the key's sequence ends with the row
 * @param id of the event
 */
public record CsvRow(
    String file,
    long number,
    String key,
    String timeText,
    Optional<Instant> time,
    List<Double> features,
    List<String> categories,
    OptionalDouble label,
    boolean end,
    Optional<String> id) {}
