package io.millrace.serde;

/** A stored row that cannot be believed. What becomes of what it stood for is its store's to say. */
public final class CorruptRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptRowException(String kind, String field, Object expected, Object actual) {
    super(
        kind + " rejected: field=" + field + ", expected=" + expected + ", actual=" + actual + ".");
  }
}
