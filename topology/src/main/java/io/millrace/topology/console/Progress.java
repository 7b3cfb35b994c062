package io.millrace.topology.console;

import java.io.PrintWriter;
import java.util.OptionalLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * How far a long piece of work has come, and the lines that it has to tell on the way. On a terminal a bar is redrawn below the lines; elsewhere
 * each report is a plain line, at most one every ten seconds. Safe for use by several threads.
 */
public final class Progress implements AutoCloseable {
  /** Set by the launcher, the only one that can see where stderr goes: {@code System.console()} asks for all three streams. */
  static final String TERMINAL = "millrace.terminal";

  private static final int TERMINAL_MS = 500;
  private static final int LINES_MS = 10_000;
  private static final int WIDTH = 100;
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final boolean terminal = Boolean.getBoolean(TERMINAL);
  private final PrintWriter err;
  private final ProgressBar bar;

  /**
   * @param task what is done, one word
   * @param unit what is counted, plural
   * @param total empty where nobody knows
   */
  public Progress(PrintWriter err, String task, String unit, OptionalLong total) {
    this.err = err;
    ProgressBarBuilder builder = new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total.orElse(-1))
        .setUnit(" " + unit, 1)
        .showSpeed()
        .setUpdateIntervalMillis(terminal ? TERMINAL_MS : LINES_MS)
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH));
    if (!terminal) {
      builder.setRenderer(new PlainProgress(unit));
    }
    this.bar = builder.build();
  }

  /** A line to stay, above the bar. */
  public synchronized void line(String text) {
    err.println(terminal ? ERASE_LINE + text : text);
    err.flush();
  }

  public void step() {
    bar.step();
  }

  /** @param done in all */
  public void stepTo(long done) {
    bar.stepTo(done);
  }

  /** Reports a last time. */
  @Override
  public void close() {
    bar.close();
    if (terminal) {
      err.println();
      err.flush();
    }
  }

  private synchronized void draw(String text) {
    if (terminal) {
      err.print(ERASE_LINE + text);
    } else if (!text.isEmpty()) {
      err.println(text);
    }
    err.flush();
  }
}
