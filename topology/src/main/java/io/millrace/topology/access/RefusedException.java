package io.millrace.topology.access;

/** The cluster refuses this user, or this user the cluster. Trying again as it is would end the same way. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
