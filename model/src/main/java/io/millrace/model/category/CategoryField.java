package io.millrace.model.category;

import io.millrace.model.CategoryInput;
import java.util.Locale;

/**
 * How a categorical field's texts become ids.
 *
 * @param input how many ids there are, and how the network is shown one
 */
public record CategoryField(Kind kind, CategoryInput input) {

  /** Where an id comes from. */
  public enum Kind {
    /** Texts get ids in the order in which they are first met, as long as there are any left. */
    VOCABULARY,
    /** An id is a hash of the text, so that several texts may share one. */
    HASHED
  }

  /** Whether it has a vocabulary, which grows. */
  public boolean grows() {
    return kind == Kind.VOCABULARY;
  }

  /** As configurations and files write it: {@code vocabulary:101}, {@code hashed:4096:16}. */
  public String text() {
    String text = kind.name().toLowerCase(Locale.ROOT) + ":" + input.size();
    return input.isEmbedded() ? text + ":" + input.embedding() : text;
  }
}
