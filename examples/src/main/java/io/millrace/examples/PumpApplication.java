package io.millrace.examples;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.StreamsRunner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The application as {@code millrace run} starts it, but for how events are read. */
public final class PumpApplication {
  private PumpApplication() {}

  /** @param args the configuration file; {@code model.inputs} is 2 in it or in the environment */
  public static void main(String[] args) {
    MillraceConfig config =
        MillraceConfig.load(Optional.of(Path.of(args[0])), System.getenv(), Map.of());
    try (StreamsRunner runner = new StreamsRunner(config, PumpLines::new)) {
      Runtime.getRuntime().addShutdownHook(new Thread(runner::stop, "stop"));
      runner.start();
      runner.awaitStop();
    }
  }
}
