package io.millrace.serde.registry;

/** The registry answers, but has no Avro schema of that id. */
public final class UnknownIdException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownIdException(int id, String actual) {
    super("field=schema id, id=" + id + ", actual=" + actual
        + ". Register the writer's schema before its events come.");
  }
}
