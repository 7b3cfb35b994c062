package io.millrace.topology.command;

import java.util.concurrent.CountDownLatch;

/** Ctrl-C or SIGTERM asks the work to end in good order, and the JVM, gone as soon as its hooks are done, waits until it has. */
final class Interrupt {
  private final CountDownLatch finished = new CountDownLatch(1);

  /** @param work asks it to stop; returns at once */
  void stops(Runnable work) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(work), "stop"));
  }

  /** Nothing is left to wait for. */
  void over() {
    finished.countDown();
  }

  private void stopAndWait(Runnable work) {
    work.run();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
