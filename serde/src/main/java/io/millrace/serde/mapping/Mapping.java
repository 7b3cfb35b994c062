package io.millrace.serde.mapping;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which fields of a user's record mean what. A label's has a key, an id and a label, and no more.
 *
 * @param source whose records they are
 * @param key text or whole number; empty: the record's key
 * @param time a date or a time; empty: the record's time
 * @param unit of times that are plain numbers
 * @param id text or whole number; may be null in an event
 * @param features numbers or booleans, in the model's order
 * @param categories texts, whole numbers or booleans, in the model's order; may be null in an event
 * @param label number or boolean; null while it is not known
 * @param end boolean: the sequence ends with the event
 */
public record Mapping(
    Source source,
    Optional<FieldPath> key,
    Optional<FieldPath> time,
    TimeUnit unit,
    Optional<FieldPath> id,
    List<FieldPath> features,
    List<FieldPath> categories,
    Optional<FieldPath> label,
    Optional<FieldPath> end) {
  public Mapping {
    features = List.copyOf(features);
    categories = List.copyOf(categories);
  }
}
