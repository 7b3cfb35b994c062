package io.millrace.topology.run;

/** How a command ended. */
public enum ExitCode {
  OK(0),
  /** Something that no other code names. */
  FAILED(1),
  /** The command line cannot be understood. */
  USAGE(2),
  /** The configuration is wrong; nothing was opened. */
  CONFIG(3),
  /** Kafka Streams stopped by an error. */
  STREAMS(4),
  /** The application was not running in time: brokers away, or topics missing. */
  NOT_STARTED(5),
  /** The weights topic holds another model's weights; nothing was scored. */
  FOREIGN_WEIGHTS(6),
  /** The cluster does not know this user, or does not grant it what it needs. */
  REFUSED(7);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
