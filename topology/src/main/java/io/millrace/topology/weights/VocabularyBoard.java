package io.millrace.topology.weights;

import io.millrace.model.category.CategoryIds;
import io.millrace.serde.VocabularyPart;
import java.util.concurrent.atomic.AtomicReference;

/** The ids that texts have in this instance: grown by what the weights topic says, read by every thread. */
public final class VocabularyBoard {
  private final CategoryIds initial;
  private final AtomicReference<CategoryIds> newest;

  /** @param initial as the configuration says it */
  public VocabularyBoard(CategoryIds initial) {
    this.initial = initial;
    this.newest = new AtomicReference<>(initial);
  }

  public CategoryIds ids() {
    return newest.get();
  }

  /** Whether anything came from the topic. */
  boolean hasGrown() {
    return ids() != initial;
  }

  /** To be called by one thread. */
  void post(VocabularyPart part) {
    newest.set(part.appliedTo(ids()));
  }
}
