package io.millrace.topology.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Which columns of a file mean what.
 *
 * @param time column of the event's time
 * @param unit of times that are plain numbers
 * @param features columns of the features, in the model's order
 * @param categories columns of the categories, in the model's order; an empty field is unknown
 * @param label column of the label; an empty field is one that is not known
 * @param end column that says whether the key's sequence ends with the row
 * @param key column of the key; without one, each file is a key
 * @param id column of the event's id
 */
public record Columns(
    String time,
    TimeUnit unit,
    List<String> features,
    List<String> categories,
    Optional<String> label,
    Optional<String> end,
    Optional<String> key,
    Optional<String> id) {

  /** Numbers and no more. */
  public Columns(
      String time,
      TimeUnit unit,
      List<String> features,
      Optional<String> key,
      Optional<String> id) {
    this(time, unit, features, List.of(), Optional.empty(), Optional.empty(), key, id);
  }

  /** Every column that there must be. */
  List<String> all() {
    List<String> all = new ArrayList<>(features);
    all.addAll(categories);
    all.add(time);
    Stream.of(label, end, key, id).flatMap(Optional::stream).forEach(all::add);
    return all;
  }
}
