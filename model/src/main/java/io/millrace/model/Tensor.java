package io.millrace.model;

import java.util.List;

/**
 * One named block of the flat parameter array, row-major.
 *
 * @param name PyTorch's name
 * @param rows first axis
 * @param columns second axis; 1 for a vector
 * @param offset of its first value
 */
public record Tensor(String name, int rows, int columns, int offset) {
  public int size() {
    return rows * columns;
  }

  /** PyTorch's: a bias, like all that is called no weight, has one axis, even where a weight has one column. */
  public List<Long> shape() {
    return name.contains("weight") ? List.of((long) rows, (long) columns) : List.of((long) rows);
  }

  public int end() {
    return offset + size();
  }
}
