package io.millrace.topology.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.transfer.WeightsExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Write the newest weights of the weights topic into a safetensors file.",
      "The tensors have the names, shapes and gate order of torch.nn.LSTM (weight_ih_l0 ..), then head.weight, head.bias and head.skip. What was",
      "committed is read, whether or not the application runs. Writes one line of JSON with version, steps learned and loss."
    },
    footer = {
      "",
      "Example: ./millrace export --config millrace.properties --out model.safetensors",
      "",
      "In PyTorch: weights = safetensors.torch.load_file('model.safetensors'); lstm.load_state_dict({k: v for k, v in weights.items()",
      "if not k.startswith('head.')}). Row f of head.weight gives the mean of feature f, row F + f its log variance; head.skip times the last",
      "input is added to the means.",
    })
final class ExportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; one that is there is replaced.")
  private Path out;

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "A version that the topic still holds (default: the newest).")
  private Long version;

  /** By itself, for the standard options would take {@code --version}. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    MillraceConfig config = options.load(Map.of());
    OptionalLong wanted = version == null ? OptionalLong.empty() : OptionalLong.of(version);
    spec.commandLine()
        .getOut()
        .println(new ObjectMapper().writeValueAsString(new WeightsExport(config, wanted).to(out)));
    return ExitCode.OK.code();
  }
}
