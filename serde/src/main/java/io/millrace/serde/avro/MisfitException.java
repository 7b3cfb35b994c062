package io.millrace.serde.avro;

import java.util.List;

/** A schema that a mapping does not fit. */
public final class MisfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  MisfitException(List<String> errors) {
    super(String.join(" ", errors));
    this.errors = List.copyOf(errors);
  }

  /** One for each setting or path that does not fit, {@code setting=event.time: ...}. */
  public List<String> errors() {
    return errors;
  }
}
