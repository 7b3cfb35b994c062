package io.millrace.topology.command;

import io.millrace.topology.console.Progress;
import io.millrace.topology.evaluate.Training;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** Progress of learning from history, pass by pass, then of scoring: one after the other, and none where there is none. */
final class RowProgress implements Training.Listener, AutoCloseable {
  private final PrintWriter err;
  private Progress current;

  RowProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void learned() {
    step("learned");
  }

  @Override
  public void passed(int epoch, long rows, long scored, double meanSurprise) {
    close();
    err.printf(
        Locale.ROOT,
        "learned: pass=%d, rows=%d, deadLetters=%d, meanSurprise=%.4f%n",
        epoch,
        rows,
        rows - scored,
        meanSurprise);
    err.flush();
  }

  void scored() {
    step("scored");
  }

  private void step(String task) {
    if (current == null) {
      current = new Progress(err, task, "rows", OptionalLong.empty());
    }
    current.step();
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
