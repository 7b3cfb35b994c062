package io.millrace.serde;

import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import java.util.List;

/** One part of a field's vocabulary, which passed every check that a part alone can. */
public final class VocabularyPart {
  /** Texts of a full part: with the longest of them, half of the broker's default record limit. */
  public static final int SIZE = 1024;

  private final int field;
  private final int part;
  private final List<String> values;

  VocabularyPart(int field, int part, List<String> values) {
    this.field = field;
    this.part = part;
    this.values = List.copyOf(values);
  }

  public int field() {
    return field;
  }

  public int part() {
    return part;
  }

  /**
   * What is known, with this part. An older state of the part, which the newer one begins with, changes nothing.
   *
   * @return the same ids where nothing is new
   * @throws UnusableVocabularyException when a text has another id than the one known, or a part is missing in between
   */
  public CategoryIds appliedTo(CategoryIds before) {
    Vocabulary known = before.vocabulary(field);
    int first = part * SIZE;
    if (first > known.values().size()) {
      throw new UnusableVocabularyException(
          "part of field " + field, "at most " + known.values().size() / SIZE, part);
    }
    List<String> same =
        known.values().subList(first, Math.min(first + SIZE, known.values().size()));
    requireSame(same, first + 1);
    if (values.size() <= same.size()) {
      return before;
    }
    Vocabulary grown = known.with(values.subList(same.size(), values.size()));
    if (grown.values().size() != first + values.size()) {
      throw new UnusableVocabularyException(
          "values of field " + field,
          first + values.size() + " different ones",
          grown.values().size());
    }
    return before.with(field, grown);
  }

  private void requireSame(List<String> known, int firstId) {
    for (int n = 0; n < Math.min(known.size(), values.size()); n++) {
      if (!known.get(n).equals(values.get(n))) {
        throw UnusableVocabularyException.foreign(
            "id " + (firstId + n) + " of field " + field, known.get(n), values.get(n));
      }
    }
  }
}
