package io.millrace.topology.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options by which every command takes its configuration. */
public final class ConfigOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with settings, and with options of commands, as in evaluate.time=timestamp. Above it: MILLRACE_* environment "
              + "variables, then --set; above such an option, the option itself.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; may be repeated. Wins over the file and the environment.")
  private Map<String, String> sets = new LinkedHashMap<>();

  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * @param defaults a command's own, below everything the user says
   * @throws ConfigErrors with everything that is wrong
   */
  public MillraceConfig load(Map<String, String> defaults) {
    return load(defaults, Map.of());
  }

  /**
   * @param defaults a command's own, below everything the user says
   * @param options what the user says by a command's own options, above everything else
   * @throws ConfigErrors with everything that is wrong
   */
  public MillraceConfig load(Map<String, String> defaults, Map<String, String> options) {
    Map<String, String> said = new LinkedHashMap<>(sets);
    said.putAll(options);
    Set<String> optionsInFile = OptionsInFile.keys(command.root());
    return ConfigLayers.of(defaults, file(), System.getenv(), said, optionsInFile);
  }
}
