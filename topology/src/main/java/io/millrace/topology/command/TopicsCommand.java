package io.millrace.topology.command;

import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.topics.TopicAdmin;
import io.millrace.topology.topics.TopicPlan;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Create the topics that are missing.",
      "A topic that is there is never changed and never deleted; where one does not fit, that is said and nothing is created.",
      "Scores get as many partitions as the events, for a score is written where its key lives."
    },
    footer = {
      "",
      "Example: ./millrace topics --config millrace.properties --partitions 12 --dry-run",
      "",
      "Exit codes: 0 all topics are as needed (or, with --dry-run, would be), 1 a topic does not fit or the cluster refused, "
          + "2 usage, 3 configuration."
    })
final class TopicsCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(names = "--dry-run", description = "Say what would be created, and create nothing.")
  private boolean dryRun;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Partitions of a new events topic, so scoring tasks at most (default: ${DEFAULT-VALUE}). Choose with room to grow: "
              + "more partitions later would move keys away from their memory.")
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "R",
      description = "Of the new topics (default: the broker's).")
  private Short replicationFactor;

  @Override
  public Integer call() {
    if (partitions < 1 || replicationFactor != null && replicationFactor < 1) {
      throw new ParameterException(
          spec.commandLine(), "--partitions and --replication-factor must be at least 1.");
    }
    // The topics do not depend on the model, so nobody should have to name it here.
    MillraceConfig config = options.load(Map.of(Settings.MODEL_INPUTS, "1"));
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      TopicPlan plan = TopicPlan.of(
          config.topics(),
          partitions,
          config.getInt(Settings.LEARN_PARTITIONS),
          admin.existing(TopicPlan.names(config.topics())));
      if (!dryRun && plan.mismatches().isEmpty()) {
        admin.create(plan.missing(), Optional.ofNullable(replicationFactor));
      }
      print(plan);
      return (plan.mismatches().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
    }
  }

  private void print(TopicPlan plan) {
    PrintWriter out = spec.commandLine().getOut();
    String verb = dryRun ? "would create" : plan.mismatches().isEmpty() ? "created" : "not created";
    plan.kept()
        .forEach(topic ->
            out.printf("%-12s %s partitions=%d%n", "kept", topic.name(), topic.partitions()));
    plan.missing()
        .forEach(topic -> out.printf(
            "%-12s %s partitions=%d %s%n",
            verb, topic.name(), topic.partitions(), settings(topic.settings())));
    out.flush();
    plan.mismatches().forEach(spec.commandLine().getErr()::println);
  }

  private static String settings(Map<String, String> settings) {
    return settings.toString().replaceAll("[{},]", "");
  }
}
