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
    sortOptions = false,
    description = {
      "Score every event of the events topic, and learn from it, until stopped.",
      "With stages=score, stages=learn or stages=merge it runs that stage alone, as an application of its own: learning may then fail, lag or "
          + "be scaled without touching scoring. learn.enabled=false leaves the weights as they are."
    },
    footer = {
      "",
      "Example: ./millrace run --config millrace.properties --set model.inputs=4",
      "",
      "Ctrl-C or SIGTERM finishes the events in hand, commits and leaves the group.",
      "Exit codes: 0 stopped, 2 usage, 3 configuration, 4 failed while running, 5 not started (brokers away, topics missing), 6 not started "
          + "(the weights topic holds another model's weights), 7 the cluster refuses this user: credentials, certificates or rights."
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
