package io.millrace.topology.topics;

/** The cluster did not answer, or refused. */
public final class TopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicsException(Object servers, Throwable cause) {
    super(
        "topics not settled: bootstrap.servers=" + servers + ", cause=" + cause
            + ". Check that the brokers answer, and that security.protocol is what they speak.",
        cause);
  }
}
