package io.millrace.serde;

/** A key's row that cannot be believed; the key begins anew. */
public final class CorruptStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptStateException(String field, Object expected, Object actual) {
    super("state row rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ". The key starts from a fresh state.");
  }
}
