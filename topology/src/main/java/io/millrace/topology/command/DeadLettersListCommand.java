package io.millrace.topology.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.serde.mapping.Reason;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.Settings;
import io.millrace.topology.deadletters.DeadLetterLine;
import io.millrace.topology.deadletters.DeadLetterList;
import io.millrace.topology.run.ExitCode;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show the newest dead letters, the newest last.",
      "Of a value only the length and its first bytes are shown, as text where they are printable."
    },
    footer = {
      "",
      "Examples:",
      "  ./millrace dead-letters list --config millrace.properties --reason wrong-type,missing-field",
      "  ./millrace dead-letters list --config millrace.properties --all --json | jq -r .reason | sort | uniq -c"
    })
final class DeadLettersListCommand implements Callable<Integer> {
  private final ObjectMapper mapper = new ObjectMapper();

  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(
      names = "--reason",
      paramLabel = "R",
      split = ",",
      converter = ReasonConverter.class,
      description = "Only those of this reason; may be repeated.")
  private Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--all", description = "All of them, whatever --limit says.")
  private boolean all;

  @Option(names = "--json", description = "A line of JSON for each.")
  private boolean json;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be at least 1.");
    }
    // Dead letters do not depend on the model, so nobody should have to name it here.
    DeadLetterList letters =
        new DeadLetterList(options.load(Map.of(Settings.MODEL_INPUTS, "1")), reasons);
    long count = all ? letters.all(this::print) : letters.newest(limit, this::print);
    spec.commandLine().getOut().flush();
    if (!json) {
      spec.commandLine().getErr().println("dead letters: " + count + rest(count));
    }
    return ExitCode.OK.code();
  }

  private String rest(long count) {
    return all || count <= limit
        ? ""
        : ", the newest " + limit + " are shown; --all shows the rest";
  }

  private void print(DeadLetterLine line) {
    spec.commandLine().getOut().println(json ? toJson(line) : toText(line));
  }

  private String toJson(DeadLetterLine line) {
    try {
      return mapper.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String toText(DeadLetterLine line) {
    String value =
        line.valueBytes() == null ? "none" : line.valueBytes() + " bytes " + line.value();
    return String.join(
        System.lineSeparator(),
        line.place() + "  " + line.reason() + "  key=" + line.key() + "  time=" + line.time()
            + "  from=" + line.origin()
            + (line.replayed() == null ? "" : "  replayed=" + line.replayed()),
        "    " + line.message(),
        "    exception=" + line.exception() + "  value=" + value);
  }
}
