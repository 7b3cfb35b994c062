package io.millrace.model;

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

  public int end() {
    return offset + size();
  }
}
