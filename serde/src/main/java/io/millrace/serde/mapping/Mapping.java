package io.millrace.serde.mapping;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which fields of a user's record mean what.
 *
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
    Optional<FieldPath> key,
    Optional<FieldPath> time,
    TimeUnit unit,
    Optional<FieldPath> id,
    List<FieldPath> features,
    List<FieldPath> categories,
    Optional<FieldPath> label,
    Optional<FieldPath> end) {
  public static final String KEY = "event.key";
  public static final String TIME = "event.time";
  public static final String ID = "event.id";
  public static final String FEATURES = "event.features";
  public static final String CATEGORIES = "event.categories";
  public static final String LABEL = "event.label";
  public static final String END = "event.end";

  public Mapping {
    features = List.copyOf(features);
    categories = List.copyOf(categories);
  }
}
