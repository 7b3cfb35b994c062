package io.millrace.topology.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.transfer.WeightsImport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Have a safetensors file's weights taken over as the next version.",
      "Every scorer scores by them from then on, and every learner goes on from them: what was learned before is in them no more, though the versions stay",
      "in the topic as long as it holds them. Keys keep their hidden states. The file needs torch.nn.LSTM's names and the model's shapes; without",
      "head.skip, it is zero. Optimizers begin anew. Texts of categories keep their ids: those that the file has beyond the topic's follow them, and a file",
      "with other ids is refused.",
      "",
      "The weights go through the updates topic to the merge stage, the only one that makes versions. Writes one line of JSON with the version."
    },
    footer = {
      "",
      "Examples:",
      "  ./millrace import --config millrace.properties --in model.safetensors",
      "  ./millrace import --config millrace.properties --in torch.safetensors --prefix lstm.",
      "",
      "Exit codes: 0 taken over (with --wait 0, sent), 1 refused, or not taken over in time, 2 usage, 3 configuration.",
    })
final class ImportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "FILE",
      description = "The file to read: F32, F64, F16 or BF16.")
  private Path in;

  @Option(
      names = "--prefix",
      split = ",",
      paramLabel = "TEXT",
      description =
          "What tensors have before their names, as in lstm.weight_ih_l0; several, comma-separated. A name may also stand bare.")
  private List<String> prefixes = List.of();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long to wait for the version (default: ${DEFAULT-VALUE}); 0: not at all. The weights wait in the updates topic even longer.")
  private long wait;

  @Override
  public Integer call() throws IOException {
    if (wait < 0) {
      throw new ParameterException(spec.commandLine(), "--wait must be at least 0.");
    }
    MillraceConfig config = options.load(Map.of());
    WeightsImport entrance = new WeightsImport(config, prefixes, Duration.ofSeconds(wait));
    spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(entrance.from(in)));
    return ExitCode.OK.code();
  }
}
