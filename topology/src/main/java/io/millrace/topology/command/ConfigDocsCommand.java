package io.millrace.topology.command;

import io.millrace.topology.config.ConfigDocs;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "config-docs",
    mixinStandardHelpOptions = true,
    hidden = true,
    description = "Write the page of all settings, docs/config.md, to stdout.")
final class ConfigDocsCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(ConfigDocs.markdown());
    out.flush();
  }
}
