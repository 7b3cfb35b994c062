package io.millrace.model.category;

import io.millrace.model.CategoryInput;
import java.util.ArrayList;
import java.util.List;

/** The ids of every categorical field's texts, as of one moment. Never changed: growth makes the next one. */
public final class CategoryIds {
  private final List<CategoryInput> fields;

  /** One for each field; that of a hashed field stays empty. */
  private final List<Vocabulary> vocabularies;

  private CategoryIds(List<CategoryInput> fields, List<Vocabulary> vocabularies) {
    this.fields = fields;
    this.vocabularies = List.copyOf(vocabularies);
  }

  /** Before any text was met. */
  public static CategoryIds initial(List<CategoryInput> fields) {
    return new CategoryIds(
        List.copyOf(fields),
        fields.stream().map(field -> Vocabulary.empty(field.size())).toList());
  }

  /** @param vocabulary takes the place of that field's */
  public CategoryIds with(int field, Vocabulary vocabulary) {
    List<Vocabulary> changed = new ArrayList<>(vocabularies);
    changed.set(field, vocabulary);
    return new CategoryIds(fields, changed);
  }

  /**
   * @param text null where there is none
   * @return from 0, the unknown, to V - 1
   */
  public int idOf(int field, String text) {
    if (text == null) {
      return Vocabulary.UNKNOWN;
    }
    CategoryInput of = fields.get(field);
    return of.grows() ? vocabularies.get(field).idOf(text) : HashedIds.idOf(text, of.size());
  }

  /** Whether an id can still be had for a text that has none. */
  public boolean canLearn(int field, String text) {
    return fields.get(field).grows()
        && !vocabularies.get(field).isFull()
        && Vocabulary.isAdmissible(text);
  }

  public List<CategoryInput> fields() {
    return fields;
  }

  public Vocabulary vocabulary(int field) {
    return vocabularies.get(field);
  }
}
