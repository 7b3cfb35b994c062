package io.millrace.model.kernel;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * An id among a row's columns, and what it becomes among the inputs of the first layer: one 1 in V columns, or its row of a table
 * [V,E]. Ids are trusted: they were checked where they came from.
 *
 * @param column of a row
 * @param inputAt the first of its columns among the I inputs
 * @param size V
 * @param embedding E; 0 where the id is one-hot
 * @param table where the embeddings begin among the parameters; of no meaning where the id is one-hot
 */
public record Slot(int column, int inputAt, int size, int embedding, int table) {

  /** In the order of a row. */
  public static List<Slot> of(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    List<Slot> slots = new ArrayList<>();
    int inputAt = spec.numericColumns();
    for (CategoryInput input : spec.slots()) {
      int number = slots.size();
      int table = input.isEmbedded() ? layout.embedding(number).offset() : 0;
      slots.add(new Slot(
          spec.numericColumns() + number, inputAt, input.size(), input.embedding(), table));
      inputAt += input.width();
    }
    return slots;
  }

  public boolean isEmbedded() {
    return embedding > 0;
  }

  /** Negative for none. */
  public int id(float[] rows, int rowAt) {
    return (int) rows[rowAt + column];
  }

  /** Where the embedding of an id begins among the parameters. */
  public int embeddingAt(int id) {
    return table + id * embedding;
  }
}
