package io.millrace.model;

import static io.millrace.model.ModelSpec.requireRange;

import java.util.Locale;

/**
 * A categorical field among the inputs: how its texts become ids, and how the network is shown one.
 *
 * @param kind where an id comes from
 * @param size V, the ids that are told apart, of which 0 is the unknown, from 2 to {@value #MAX_SIZE}; up to twice that many where a
 *     label is crossed with it
 * @param embedding E, the length of an id's learned vector, up to {@value #MAX_EMBEDDING}; 0 where the id is one-hot
 */
public record CategoryInput(Kind kind, int size, int embedding) {
  public static final int MAX_SIZE = 65536;
  public static final int MAX_EMBEDDING = 1024;

  /** Where an id comes from. What one learned of an id says nothing to the other. */
  public enum Kind {
    /** Texts get ids in the order in which they are first met, as long as there are any left. */
    VOCABULARY("c"),
    /** An id is a hash of the text, so that several texts may share one. */
    HASHED("h");

    private final String shortName;

    Kind(String shortName) {
      this.shortName = shortName;
    }
  }

  public CategoryInput {
    requireRange("category size", size, 2, 2 * MAX_SIZE);
    requireRange("embedding", embedding, 0, MAX_EMBEDDING);
  }

  /** By a vocabulary. */
  public CategoryInput(int size, int embedding) {
    this(Kind.VOCABULARY, size, embedding);
  }

  /** Whether it has a vocabulary, which grows. */
  public boolean grows() {
    return kind == Kind.VOCABULARY;
  }

  public boolean isEmbedded() {
    return embedding > 0;
  }

  /** Columns of the first layer's input: E, or V of which one is 1. */
  public int width() {
    return isEmbedded() ? embedding : size;
  }

  /** As configurations and files write it: {@code vocabulary:101}, {@code hashed:4096:16}. */
  public String text() {
    String text = kind.name().toLowerCase(Locale.ROOT) + ":" + size;
    return isEmbedded() ? text + ":" + embedding : text;
  }

  /** As in a model's signature: {@code c101}; {@code h28e8} where it is hashed and embedded. */
  String shortName() {
    return kind.shortName + size + (isEmbedded() ? "e" + embedding : "");
  }
}
