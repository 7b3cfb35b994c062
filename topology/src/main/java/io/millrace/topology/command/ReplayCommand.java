package io.millrace.topology.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.EventSettings;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.console.Progress;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.csv.CsvRow;
import io.millrace.topology.csv.RowSource;
import io.millrace.topology.csv.RowsByTime;
import io.millrace.topology.csv.RowsInTurn;
import io.millrace.topology.replay.Pace;
import io.millrace.topology.replay.Replay;
import io.millrace.topology.replay.ReplaySummary;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.topics.TopicAdmin;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Send a CSV data set to the events topic of a cluster, each row exactly once.",
      "A replay that was broken off goes on where it ended: the number of rows sent is committed with the rows, as the offset of a consumer group of the",
      "replay's name. The cluster forgets it after its offsets.retention.minutes, a week by default.",
      "",
      "Files go one after the other, at full speed or at --rate; with --speed they go together, in the order of their times. A row without a time is told",
      "and sent as its raw text, which makes a dead letter. Records carry the time at which they arrive, not the row's: that is in the event.",
      "Writes one line of JSON with the summary."
    },
    footer = {
      "",
      "Examples:",
      "  ./millrace replay --config millrace.properties --csv data --time timestamp --features value",
      "  ./millrace replay --config millrace.properties --csv data --time timestamp --features value --speed 3600",
      "",
      "Ctrl-C commits what was sent; the same command goes on from there."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int TOLD_ROWS = 10;

  private final Interrupt interrupt = new Interrupt();

  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Mixin
  private CsvOptions csv;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "Pace by the rows' times: 1 is real time, 60 plays an hour in a minute.")
  private Double speed;

  @Option(names = "--rate", paramLabel = "N", description = "Pace by rows a second.")
  private Double rate;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Of this replay, under which it is gone on with (default: the last part of --csv).")
  private String name;

  @Option(names = "--restart", description = "Send every row, whatever was sent before.")
  private boolean restart;

  @Override
  public Integer call() throws IOException {
    checkUsage();
    MillraceConfig config = csv.check(options.load(csv.inputs()));
    EventSettings.requireOwnEvents(config);
    CsvFiles files = csv.files();
    checkTopic(config);
    try (RowSource rows = rows(files);
        Progress progress =
            new Progress(spec.commandLine().getErr(), "sent", "rows", OptionalLong.empty())) {
      Replay replay = new Replay(config, name(), restart, pace(), new Told(progress));
      interrupt.stops(replay::stop);
      print(replay.run(rows));
      return ExitCode.OK.code();
    } finally {
      interrupt.over();
    }
  }

  private void checkUsage() {
    if (speed != null && rate != null) {
      throw usage("--speed and --rate exclude each other, also where one stands in the file.");
    }
    if (speed != null && !(speed > 0) || rate != null && !(rate > 0)) {
      throw usage("--speed and --rate must be above 0.");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The producer would wait a minute for one to appear. */
  private static void checkTopic(MillraceConfig config) {
    String events = config.topics().events();
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      if (!admin.missing(Set.of(events)).isEmpty()) {
        throw new IllegalArgumentException("replay rejected: topic=" + events
            + ", exists=false. Make it with ./millrace topics, or name another in topic.events.");
      }
    }
  }

  private String name() {
    return name != null
        ? name
        : csv.path().toAbsolutePath().normalize().getFileName().toString();
  }

  private RowSource rows(CsvFiles files) throws IOException {
    return speed == null
        ? new RowsInTurn(files, csv.columns())
        : new RowsByTime(files, csv.columns());
  }

  private Pace pace() {
    if (speed != null) {
      return Pace.eventTime(speed);
    }
    return rate != null ? Pace.rate(rate) : Pace.fullSpeed();
  }

  private void print(ReplaySummary summary) throws IOException {
    spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(summary));
    spec.commandLine().getOut().flush();
  }

  /** The first bad rows by name, for where there are many they are many of one kind. */
  private static final class Told implements Replay.Listener {
    private final Progress progress;
    private int told;

    Told(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void progress(long rows) {
      progress.stepTo(rows);
    }

    @Override
    public void notAnEvent(CsvRow row) {
      if (told++ < TOLD_ROWS) {
        progress.line("no event: file=" + row.file() + ", row=" + row.number() + ", time="
            + row.timeText() + ". Sent as it stands, so that it becomes a dead letter.");
      }
      if (told == TOLD_ROWS) {
        progress.line("no event: more of them are counted, not listed.");
      }
    }
  }
}
