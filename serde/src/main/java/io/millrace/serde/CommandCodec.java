package io.millrace.serde;

import io.millrace.schemas.Action;
import io.millrace.schemas.Command;

/** Commands to the bytes of their records, and back with suspicion: a command has what its action takes, and nothing else. */
public final class CommandCodec {
  /** Characters of a setting's name, and of its value. */
  static final int LONGEST = 1_024;

  private final AvroSerde<Command> serde = AvroSerde.of(Command.class);

  public byte[] encode(Command command) {
    return serde.encode(command);
  }

  /**
   * @throws UndecodableException when the bytes are no command, or one of an action that there is not
   * @throws UnknownSchemaException when they name a schema that is not known
   * @throws UnusableCommandException naming the first field that cannot be believed
   */
  public Command decode(byte[] bytes) {
    if (bytes == null) {
      throw new UnusableCommandException("value", "a command", null);
    }
    Command command = serde.decode(bytes);
    checkVersion(command);
    checkText("setting", command, command.getSetting(), 1);
    checkText("value", command, command.getValue(), 0);
    long time = command.getTime().toEpochMilli();
    if (time < 0) {
      throw new UnusableCommandException("time", "at least 0", time);
    }
    return command;
  }

  private static void checkVersion(Command command) {
    Long version = command.getVersion();
    boolean takes = command.getAction() == Action.ROLLBACK;
    if (takes ? version == null || version < 0 : version != null) {
      throw new UnusableCommandException(
          "version", takes ? "at least 0" : "none for " + command.getAction(), version);
    }
  }

  private static void checkText(String field, Command command, String text, int shortest) {
    if (command.getAction() != Action.SET) {
      if (text != null) {
        throw new UnusableCommandException(field, "none for " + command.getAction(), "one");
      }
    } else if (text == null) {
      throw new UnusableCommandException(field, "one for SET", null);
    } else if (text.length() < shortest || text.length() > LONGEST) {
      throw new UnusableCommandException(
          field, shortest + " to " + LONGEST + " characters", text.length());
    }
  }
}
