package io.millrace.topology.command;

import io.millrace.topology.access.Refusal;
import io.millrace.topology.access.RefusedException;
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
        .setExecutionExceptionHandler(Millrace::report)
        .setParameterExceptionHandler(new UsageErrors());
  }

  private static int report(Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
    LoggerFactory.getLogger(Millrace.class).debug("command failed", fault);
    Exception told = Refusal.of(fault).map(Exception.class::cast).orElse(fault);
    command.getErr().println(told.getMessage() == null ? told.toString() : told.getMessage());
    return exitCode(told);
  }

  private static int exitCode(Throwable fault) {
    ExitCode code = ExitCode.FAILED;
    if (fault instanceof ConfigErrors) {
      code = ExitCode.CONFIG;
    } else if (fault instanceof StartException notStarted) {
      code = notStarted.exitCode();
    } else if (fault instanceof RefusedException) {
      code = ExitCode.REFUSED;
    } else if (fault instanceof CommandLine.ParameterException) {
      code = ExitCode.USAGE;
    }
    return code.code();
  }
}
