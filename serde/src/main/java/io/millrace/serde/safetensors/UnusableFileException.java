package io.millrace.serde.safetensors;

/** A file whose weights cannot be taken over; nothing of it is used. */
public final class UnusableFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnusableFileException(
      String source, String field, Object expected, Object actual, String remedy) {
    super("weights file rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ", file=" + source + ". " + remedy);
  }

  /** Bytes that no writer of the format makes. */
  static UnusableFileException damaged(
      String source, String field, Object expected, Object actual) {
    return new UnusableFileException(
        source, field, expected, actual, "Write it anew; it is no whole safetensors file.");
  }
}
