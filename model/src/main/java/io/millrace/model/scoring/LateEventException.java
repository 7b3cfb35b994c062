package io.millrace.model.scoring;

/** An event older than its key's last one, where the settings refuse such events. */
public final class LateEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LateEventException(long time, long last) {
    super("event rejected: field=time, actual=" + time + ", last=" + last
        + ". Set event.late=score to judge late events without remembering them.");
  }
}
