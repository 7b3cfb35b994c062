package io.millrace.model.category;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts that have ids, in the order of their ids: the first has 1, for 0 is the unknown. Never changed: growth makes the next one. */
public final class Vocabulary {
  public static final int UNKNOWN = 0;

  /** Bytes in UTF-8 of the longest text that may have an id; longer ones stay unknown. */
  public static final int LONGEST = 256;

  private final int size;
  private final List<String> values;
  private final Map<String, Integer> ids;

  private Vocabulary(int size, List<String> values, Map<String, Integer> ids) {
    this.size = size;
    this.values = Collections.unmodifiableList(values);
    this.ids = ids;
  }

  /** @param size V: one more than the texts that there may be */
  public static Vocabulary empty(int size) {
    return new Vocabulary(size, List.of(), Map.of());
  }

  /** @return {@link #UNKNOWN} where it has none */
  public int idOf(String text) {
    return ids.getOrDefault(text, UNKNOWN);
  }

  /** Whether a text can have an id. */
  public static boolean isAdmissible(String text) {
    return text.length() <= LONGEST && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  /** With those that are new and can have an id, as long as there are any left; this one where none is. */
  public Vocabulary with(List<String> texts) {
    List<String> grown = new ArrayList<>(values);
    Map<String, Integer> grownIds = new HashMap<>(ids);
    for (String text : texts) {
      if (grown.size() < size - 1 && isAdmissible(text) && !grownIds.containsKey(text)) {
        grown.add(text);
        grownIds.put(text, grown.size());
      }
    }
    return grown.size() == values.size() ? this : new Vocabulary(size, grown, grownIds);
  }

  /** No text gets an id any more. */
  public boolean isFull() {
    return values.size() == size - 1;
  }

  /** The texts, in the order of their ids from 1. */
  public List<String> values() {
    return values;
  }

  /** How many texts, from the first on, are the same. */
  public int commonTexts(List<String> other) {
    int common = 0;
    while (common < Math.min(values.size(), other.size())
        && values.get(common).equals(other.get(common))) {
      common++;
    }
    return common;
  }
}
