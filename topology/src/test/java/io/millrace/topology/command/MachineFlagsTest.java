package io.millrace.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The flags that the launcher gives to Java on this machine. */
class MachineFlagsTest {
  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> flags() throws Exception {
    String line = output(List.of("bash", "machine-flags"));
    return line.isEmpty() ? List.of() : List.of(line.split(" "));
  }

  @Test
  void javaStartsWithThemAndWarnsOfNone() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.add("-version");

    assertThat(output(command)).doesNotContainIgnoringCase("warning").contains("version");
  }

  @Test
  void theHeapLiesInHugePagesWhereTheyMayBeAskedFor() throws Exception {
    assertThat(flags().contains("-XX:+UseTransparentHugePages")).isEqualTo(mayBeAskedFor());
  }

  private static boolean mayBeAskedFor() throws IOException {
    return Files.exists(HUGE_PAGES) && !Files.readString(HUGE_PAGES).contains("[never]");
  }
}
