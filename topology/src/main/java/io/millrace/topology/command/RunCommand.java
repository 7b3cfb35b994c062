package io.millrace.topology.command;

import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.run.StreamsRunner;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Score every event of the events topic until stopped.",
    footer = {
      "",
      "Example: ./millrace run --config millrace.properties --set model.inputs=4",
      "",
      "Ctrl-C or SIGTERM finishes the events in hand, commits and leaves the group.",
      "Exit codes: 0 stopped, 2 usage, 3 configuration, 4 failed while running, 5 not started."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions config;

  @Override
  public Integer call() {
    try (StreamsRunner runner = new StreamsRunner(config.load(Map.of()))) {
      Runtime.getRuntime().addShutdownHook(new Thread(runner::stop, "stop"));
      runner.start();
      return runner.awaitStop().code();
    }
  }
}
