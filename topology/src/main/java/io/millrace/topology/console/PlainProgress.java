package io.millrace.topology.console;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** A report for a file: {@code scored 20000 of 50000 events, 1998/s}. Empty where there is nothing new to report. */
final class PlainProgress implements ProgressBarRenderer {
  private final String unit;
  private long reported;

  PlainProgress(String unit) {
    this.unit = unit;
  }

  @Override
  public String render(ProgressState state, int width) {
    long done = state.getCurrent();
    if (done == reported) {
      return "";
    }
    reported = done;
    String total = state.isIndefinite() ? "" : " of " + state.getMax();
    double seconds = state.getTotalElapsed().toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    return String.format(
        Locale.ROOT, "%s %d%s %s, %.0f/s", state.getTaskName(), done, total, unit, done / seconds);
  }
}
