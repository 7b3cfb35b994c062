package io.millrace.benchmarks.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a benchmark ran on: figures without it mean nothing. */
public final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final String MODEL = "model name";

  private Machine() {}

  /** For example {@code 2 x AMD EPYC, Linux 6.1 amd64, JDK 17.0.15, load 0.12}. */
  public static String describe() {
    return Runtime.getRuntime().availableProcessors() + " x " + processor() + ", "
        + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
        + System.getProperty("os.arch") + ", JDK " + Runtime.version() + ", load " + load();
  }

  private static String processor() {
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }

  /** Mean number of runnable threads over the last minute, of all users of the machine. */
  private static String load() {
    try {
      return Files.readString(LOAD).split(" ")[0];
    } catch (IOException e) {
      return "unknown";
    }
  }
}
