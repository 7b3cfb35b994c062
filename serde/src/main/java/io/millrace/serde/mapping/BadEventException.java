package io.millrace.serde.mapping;

/** An event that cannot be scored, whatever the state: its reaction is a dead letter. */
public final class BadEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 64;

  private final Reason reason;

  /** @param facts what is wrong as {@code name=value}, and the next move */
  public BadEventException(Reason reason, String facts) {
    this(reason, "event rejected: " + facts, null);
  }

  public BadEventException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A field that holds something other than it should. */
  public static BadEventException wrongType(FieldPath field, String expected, Object actual) {
    return new BadEventException(
        Reason.WRONG_TYPE,
        "field=" + field + ", expected=" + expected + ", actual=" + shown(actual)
            + ". Correct the sender, or the mapping.");
  }

  /** A message travels in a header, so it must not be as long as the event. */
  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "..";
  }

  public Reason reason() {
    return reason;
  }
}
