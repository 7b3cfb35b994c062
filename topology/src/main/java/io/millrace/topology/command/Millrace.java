package io.millrace.topology.command;

import io.millrace.topology.config.ConfigErrors;
import io.millrace.topology.config.OptionsInFile;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.run.StartException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Keeps one LSTM hidden state per key on Kafka, scores every event the moment it arrives, and learns from the same stream.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      TopicsCommand.class,
      ReplayCommand.class,
      DeadLettersCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ConfigDocsCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Millrace {
  private Millrace() {}

  public static void main(String[] args) {
    System.exit(run(commandLine(), args));
  }

  static int run(CommandLine command, String... args) {
    try {
      return command.setDefaultValueProvider(OptionsInFile.of(args)).execute(args);
    } catch (ConfigErrors e) {
      return report(e, command, null);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Millrace())
        .setExitCodeExceptionMapper(Millrace::exitCode)
        .setExecutionExceptionHandler(Millrace::report);
  }

  private static int report(Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
    LoggerFactory.getLogger(Millrace.class).debug("command failed", fault);
    command.getErr().println(fault.getMessage() == null ? fault.toString() : fault.getMessage());
    return exitCode(fault);
  }

  private static int exitCode(Throwable fault) {
    ExitCode code = fault instanceof ConfigErrors
        ? ExitCode.CONFIG
        : fault instanceof StartException notStarted
            ? notStarted.exitCode()
            : fault instanceof CommandLine.ParameterException ? ExitCode.USAGE : ExitCode.FAILED;
    return code.code();
  }
}
