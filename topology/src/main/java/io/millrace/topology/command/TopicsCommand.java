package io.millrace.topology.command;

import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.topics.TopicPlan;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Create the topics that are missing. Topics that exist are never changed or deleted; those that do not fit",
      "are named, and the exit code is 1."
    },
    footer = {
      "",
      "Example: ./millrace topics --config millrace.properties --partitions 12 --dry-run"
    })
final class TopicsCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(names = "--dry-run", description = "Show what would be created, and create nothing.")
  private boolean dryRun;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description =
          "Partitions of the events topic, should it be missing (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication-factor",
      description = "Replicas of each new topic (default: the brokers').")
  private Short replication;

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    MillraceConfig config = options.load(Map.of());
    try (Admin admin = Admin.create(config.adminProperties())) {
      TopicPlan plan = TopicPlan.of(
          config.topics(),
          existing(admin),
          partitions,
          config.getInt(Settings.LEARN_PARTITIONS),
          Optional.ofNullable(replication));
      if (!dryRun) {
        admin.createTopics(plan.missing()).all().get();
      }
      report(plan);
      return (plan.conflicts().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
    }
  }

  private static Map<String, Integer> existing(Admin admin)
      throws ExecutionException, InterruptedException {
    return admin
        .describeTopics(admin.listTopics().names().get())
        .allTopicNames()
        .get()
        .values()
        .stream()
        .collect(
            Collectors.toMap(TopicDescription::name, topic -> topic.partitions().size()));
  }

  private void report(TopicPlan plan) {
    PrintWriter out = spec.commandLine().getOut();
    for (NewTopic topic : plan.missing()) {
      out.printf(
          "%s %s, partitions=%d%n",
          dryRun ? "would create" : "created", topic.name(), topic.numPartitions());
    }
    if (plan.missing().isEmpty()) {
      out.println("nothing is missing");
    }
    plan.conflicts()
        .forEach(conflict -> spec.commandLine().getErr().println("does not fit: " + conflict));
  }
}
