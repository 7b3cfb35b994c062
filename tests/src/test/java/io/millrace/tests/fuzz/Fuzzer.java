package io.millrace.tests.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Sends one decoder its damaged inputs, on a thread of its own. A finding is any throwable that is not declared, an input that does not come back, and an
 * allocation out of proportion: above {@link #CONSTANT_BYTES} and the target's share for each byte of the input. The models of the targets are small, so
 * what they need lies within the constant.
 */
final class Fuzzer {
  /** An exception with its trace and its text, buffers of the readers, a small model. */
  static final long CONSTANT_BYTES = 256 * 1024;

  private static final int MOST_FINDINGS = 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FuzzTarget target;
  private final long seed;
  private final Duration patience;
  private final List<Finding> findings = new CopyOnWriteArrayList<>();
  private volatile long number;
  private volatile byte[] input = {};
  private long refused;
  private long most;

  Fuzzer(FuzzTarget target, long seed) {
    this(target, seed, PATIENCE);
  }

  /** @param patience with one input */
  Fuzzer(FuzzTarget target, long seed, Duration patience) {
    this.target = target;
    this.seed = seed;
    this.patience = patience;
  }

  /** @param inputs of a cheap decoder */
  FuzzReport run(long inputs) throws InterruptedException {
    long start = System.nanoTime();
    Thread thread =
        new Thread(() -> tryAll(Math.max(1, inputs / target.cost())), "fuzz-" + target.name());
    thread.setDaemon(true);
    thread.start();
    awaitEnd(thread);
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    return new FuzzReport(target.name(), number, refused, most, seconds, List.copyOf(findings));
  }

  private void awaitEnd(Thread thread) throws InterruptedException {
    long before = -1;
    while (thread.isAlive()) {
      if (before == number) {
        found("does not come back");
        return;
      }
      before = number;
      thread.join(patience.toMillis());
    }
  }

  private void tryAll(long inputs) {
    tryCorpus();
    for (long n = 0; n < inputs && findings.size() < MOST_FINDINGS; n++) {
      input = new Mutator(new SplittableRandom(seed * 31 + n), target).next();
      tryOne(input);
      number = n + 1;
    }
    tryCorpus();
  }

  /**
   * Before the first input, for what is loaded and compiled once is nobody's, and after the last: what that leaves behind may spoil what
   * it is a part of, but must not do so for ever.
   */
  private void tryCorpus() {
    target.corpus().forEach(this::outcome);
    target.corpus().forEach(this::tryValid);
  }

  private void tryValid(byte[] valid) {
    input = valid;
    Throwable thrown = outcome(valid).thrown();
    if (thrown != null) {
      found("a valid input is refused" + trace(thrown));
    }
  }

  private void tryOne(byte[] bytes) {
    Outcome outcome = outcome(bytes);
    if (outcome.allocated() > limit(bytes)) {
      outcome = outcome(bytes); // again: an exception's first throw loads classes
    }
    if (outcome.allocated() > limit(bytes)) {
      found("allocates " + outcome.allocated() + " bytes, at most " + limit(bytes));
    }
    most = Math.max(most, outcome.allocated());
    if (target.declares(outcome.thrown())) {
      refused++;
    } else if (outcome.thrown() != null) {
      found(trace(outcome.thrown()));
    }
  }

  private long limit(byte[] bytes) {
    return CONSTANT_BYTES + (long) target.share() * bytes.length;
  }

  private record Outcome(long allocated, Throwable thrown) {}

  /** Errors too: a stack that overflows or a heap that is full is what this looks for. */
  private Outcome outcome(byte[] bytes) {
    byte[] given = bytes.clone();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Throwable thrown = null;
    try {
      target.decoder().decode(given);
    } catch (Throwable e) {
      thrown = e;
    }
    return new Outcome(THREADS.getCurrentThreadAllocatedBytes() - before, thrown);
  }

  private void found(String what) {
    findings.add(new Finding(number, input, what));
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().lines().limit(12).reduce("", (all, line) -> all + "\n  " + line);
  }
}
