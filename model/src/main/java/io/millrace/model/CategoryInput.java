package io.millrace.model;

import static io.millrace.model.ModelSpec.requireRange;

/**
 * A categorical field among the inputs.
 *
 * @param size V, the ids that are told apart, of which 0 is the unknown, from 2 to {@value #MAX_SIZE}; up to twice that many where a
 *     label is crossed with it
 * @param embedding E, the length of an id's learned vector, up to {@value #MAX_EMBEDDING}; 0 where the id is one-hot
 */
public record CategoryInput(int size, int embedding) {
  public static final int MAX_SIZE = 65536;
  public static final int MAX_EMBEDDING = 1024;

  public CategoryInput {
    requireRange("category size", size, 2, 2 * MAX_SIZE);
    requireRange("embedding", embedding, 0, MAX_EMBEDDING);
  }

  public boolean isEmbedded() {
    return embedding > 0;
  }

  /** Columns of the first layer's input: E, or V of which one is 1. */
  public int width() {
    return isEmbedded() ? embedding : size;
  }

  /** As in a model's signature: {@code c101}, {@code c28e8}. */
  String shortName() {
    return "c" + size + (isEmbedded() ? "e" + embedding : "");
  }
}
