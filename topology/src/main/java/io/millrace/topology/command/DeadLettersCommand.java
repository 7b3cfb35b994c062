package io.millrace.topology.command;

import picocli.CommandLine.Command;

@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | replay)",
    description = {
      "Look at the events that could not be scored, and send them back once the cause is gone.",
      "The topic of dead letters holds each such event as it came, with reason, message, exception and place in headers."
    },
    subcommands = {DeadLettersListCommand.class, DeadLettersReplayCommand.class})
final class DeadLettersCommand {}
