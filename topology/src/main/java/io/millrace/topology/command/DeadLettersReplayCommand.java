package io.millrace.topology.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.serde.mapping.Reason;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.console.Progress;
import io.millrace.topology.deadletters.DeadLetterReplay;
import io.millrace.topology.deadletters.DeadLetterSummary;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.score.RecordPlace;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Send dead letters back to the topic and partition they came from, each exactly once.",
      "Key, value, record time and headers are the original's; one more header, millrace.replayed, says which dead letter it was. An event that fails again is a "
          + "new dead letter, which the next replay sends.",
      "A replay that was broken off goes on where it ended: how far it is is committed with the records, for each reason, as the offset of the consumer group "
          + "millrace-dead-letters-TOPIC. The cluster forgets it after its offsets.retention.minutes without a replay, a week by default, and what is then still in "
          + "the topic would be sent again.",
      "Writes one line of JSON with the summary."
    },
    footer = {
      "",
      "Examples:",
      "  ./millrace dead-letters replay --config millrace.properties --dry-run",
      "  ./millrace dead-letters replay --config millrace.properties --reason missing-field",
      "",
      "Ctrl-C commits what was sent; the same command goes on from there."
    })
final class DeadLettersReplayCommand implements Callable<Integer> {
  private static final int TOLD_LETTERS = 10;

  private final Interrupt interrupt = new Interrupt();

  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(
      names = "--reason",
      paramLabel = "R",
      split = ",",
      converter = ReasonConverter.class,
      description =
          "Only those of this reason; may be repeated. The others wait for a replay of their own.")
  private Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  @Option(names = "--dry-run", description = "Count what would be sent, and send nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws JsonProcessingException {
    // Dead letters do not depend on the model, so nobody should have to name it here.
    MillraceConfig config = options.load(Map.of(Settings.MODEL_INPUTS, "1"));
    Set<Reason> wanted = reasons.isEmpty() ? EnumSet.allOf(Reason.class) : reasons;
    try (Progress progress =
        new Progress(spec.commandLine().getErr(), "sent back", "letters", OptionalLong.empty())) {
      DeadLetterReplay replay = new DeadLetterReplay(config, wanted, dryRun, new Told(progress));
      interrupt.stops(replay::stop);
      print(replay.run());
      return ExitCode.OK.code();
    } finally {
      interrupt.over();
    }
  }

  private void print(DeadLetterSummary summary) throws JsonProcessingException {
    spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(summary));
    spec.commandLine().getOut().flush();
  }

  /** The first that cannot be sent by name, for where there are many they are many of one kind. */
  private static final class Told implements DeadLetterReplay.Listener {
    private final Progress progress;
    private int told;

    Told(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void progress(long sent) {
      progress.stepTo(sent);
    }

    @Override
    public void startsAtTheFirst() {
      progress.line("no earlier replay known: starting at the first dead letter.");
    }

    @Override
    public void notReplayable(RecordPlace place, String origin) {
      if (told++ < TOLD_LETTERS) {
        progress.line("not replayable: place=" + place.text() + ", origin=" + origin
            + ". Its origin is no topic that this configuration reads; it stays where it is.");
      }
      if (told == TOLD_LETTERS) {
        progress.line("not replayable: more of them are counted, not listed.");
      }
    }
  }
}
