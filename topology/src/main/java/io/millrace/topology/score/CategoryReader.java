package io.millrace.topology.score;

import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import java.util.List;
import java.util.function.Supplier;

/** The texts of an event's categories to their ids. */
final class CategoryReader {
  private final Supplier<CategoryIds> newest;
  private final Strangers strangers;

  /** Who hears of texts that have no id. */
  @FunctionalInterface
  interface Strangers {
    /** @param canLearn whether there is still an id to be had for it */
    void met(int field, String text, boolean canLearn);
  }

  /** @param newest the ids as they are, asked for at every event */
  CategoryReader(Supplier<CategoryIds> newest, Strangers strangers) {
    this.newest = newest;
    this.strangers = strangers;
  }

  /** @param texts [K], null where there is none */
  int[] ids(List<String> texts) {
    CategoryIds known = newest.get();
    int[] ids = new int[texts.size()];
    for (int field = 0; field < ids.length; field++) {
      String text = texts.get(field);
      ids[field] = known.idOf(field, text);
      if (text != null && ids[field] == Vocabulary.UNKNOWN) {
        strangers.met(field, text, known.canLearn(field, text));
      }
    }
    return ids;
  }
}
