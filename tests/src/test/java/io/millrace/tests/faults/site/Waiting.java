package io.millrace.tests.faults.site;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** For what other processes do in their own time. */
public final class Waiting {
  private Waiting() {}

  /** @return whether it came true within the limit */
  public static boolean until(Duration limit, Duration pause, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(pause.toNanos());
    }
    return true;
  }

  public static void pass(Duration time) {
    until(time, time, () -> false);
  }
}
