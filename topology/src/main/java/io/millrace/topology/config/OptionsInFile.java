package io.millrace.topology.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Unmatched;

/**
 * What the configuration file says of the commands' own options: {@code evaluate.time=timestamp} stands for {@code --time timestamp} where that is
 * not given.
 */
public final class OptionsInFile implements IDefaultValueProvider {
  private static final Set<String> NEVER_IN_FILE =
      Set.of("--config", "--set", "--help", "--version");

  private final Map<String, String> values;

  private OptionsInFile(Map<String, String> values) {
    this.values = values;
  }

  /** The file has to be known before the options that it holds can be. */
  @Command
  private static final class Ahead {
    @Mixin
    private ConfigOptions options;

    @Unmatched
    private List<String> others;
  }

  /**
   * @param args the whole command line
   * @throws ConfigErrors when it names a file that cannot be read
   */
  public static OptionsInFile of(String... args) {
    Ahead ahead = new Ahead();
    try {
      new CommandLine(ahead).parseArgs(args);
    } catch (ParameterException e) {
      return new OptionsInFile(Map.of()); // to be told by the command that is meant
    }
    return new OptionsInFile(ahead.options.file().map(ConfigFile::read).orElse(Map.of()));
  }

  @Override
  public String defaultValue(ArgSpec arg) {
    return arg instanceof OptionSpec option && mayStandInFile(option)
        ? values.get(key(option))
        : null;
  }

  /** The keys of every command's options, and of the commands under it. */
  static Set<String> keys(CommandSpec root) {
    Set<String> keys = new TreeSet<>();
    for (CommandLine command : root.subcommands().values()) {
      command.getCommandSpec().options().stream()
          .filter(OptionsInFile::mayStandInFile)
          .map(OptionsInFile::key)
          .forEach(keys::add);
      keys.addAll(keys(command.getCommandSpec()));
    }
    return keys;
  }

  private static boolean mayStandInFile(OptionSpec option) {
    return !NEVER_IN_FILE.contains(option.longestName());
  }

  /** {@code dead-letters.list.limit}: the commands below the root, then the option. */
  private static String key(OptionSpec option) {
    CommandSpec command = option.command();
    String path = command.qualifiedName(".").substring(command.root().name().length() + 1);
    return path + "." + option.longestName().substring("--".length());
  }
}
