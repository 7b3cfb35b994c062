package io.millrace.topology.command;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * As picocli tells them, but for a command line that holds a secret: the words of a value that nobody quoted would be repeated as arguments that are
 * not known.
 */
final class UsageErrors implements IParameterExceptionHandler {
  private final IParameterExceptionHandler usual =
      new CommandLine(CommandLine.HelpCommand.class).getParameterExceptionHandler();

  @Override
  public int handleParseException(ParameterException fault, String[] args) throws Exception {
    return usual.handleParseException(
        Stream.of(args).anyMatch(UsageErrors::mayBeSecret)
            ? new ParameterException(
                fault.getCommandLine(),
                "command line rejected: it holds a password, so it is not repeated here. Put the whole KEY=VALUE in quotes, or the setting into the "
                    + "file or the environment.")
            : fault,
        args);
  }

  private static boolean mayBeSecret(String argument) {
    String name = argument.replaceFirst("=.*", "");
    return Stream.of("password", "jaas.config", "user.info", "ssl.keystore.key", "registry.url")
        .anyMatch(name::endsWith);
  }
}
