package io.millrace.topology.score;

/** An event that cannot be scored, whatever the state: its reaction is a dead letter. */
final class BadEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  BadEventException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
