package io.millrace.tests.faults.site;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What the JDK does not send. */
final class Signals {
  private Signals() {}

  /** @param name as kill takes it: STOP, CONT */
  static void send(long pid, String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            "signal not sent: signal=" + name + ", pid=" + pid + ", exit=" + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
