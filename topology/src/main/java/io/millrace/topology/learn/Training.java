package io.millrace.topology.learn;

import io.millrace.model.learn.Learner;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.learn.sync.Learned;
import io.millrace.topology.overload.LearnLoad;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The batches that a worker is learning, one after the other: on a thread of its own, while the stream's goes on, or on the stream's. While
 * there is one, the learner is theirs. All methods are for the stream's thread.
 */
final class Training {
  private static final long IDLE_SECONDS = 10;

  private final LearnLoad load;
  private final int atMost;
  private final Optional<Executor> own;
  private final Queue<CompletableFuture<Outcome>> batches = new ArrayDeque<>();

  /** What came of a batch. */
  record Trained(List<TrainingWindow> windows, Learned learned) {}

  private record Outcome(Trained trained, long nanos) {}

  /**
   * @param load is told what a thread of its own has taken, as if the stream's had
   * @param atMost batches that wait or are being learned
   */
  Training(LearnThread thread, LearnLoad load, int atMost) {
    this.load = load;
    this.atMost = atMost;
    this.own = thread == LearnThread.OWN ? Optional.of(oneThread()) : Optional.empty();
  }

  /** It begins with the first batch, and ends by itself when none has come for a while. */
  private static Executor oneThread() {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Training::thread);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "millrace-learn");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether the stream's thread goes on while a batch is being learned. */
  boolean isBeside() {
    return own.isPresent();
  }

  /** Whether all that was begun has been taken. */
  boolean isIdle() {
    return batches.isEmpty();
  }

  /** Learns a batch after those that were begun before. */
  void begin(Learner learner, List<TrainingWindow> batch) {
    batches.add(own.map(
            thread -> CompletableFuture.supplyAsync(() -> learn(learner, batch), thread))
        .orElseGet(() -> CompletableFuture.completedFuture(learn(learner, batch))));
  }

  private Outcome learn(Learner learner, List<TrainingWindow> batch) {
    long begin = load.now();
    Learned learned = learner.learn(batch);
    return new Outcome(new Trained(batch, learned), load.now() - begin);
  }

  /**
   * Takes what came of the batches that are done, in their order. Waits for some only where as many are there as may be.
   *
   * @throws RuntimeException that ended one of them
   */
  List<Trained> take() {
    List<Trained> taken = new ArrayList<>();
    while (!isIdle() && (batches.size() >= atMost || batches.peek().isDone())) {
      taken.add(first());
    }
    return taken;
  }

  private Trained first() {
    long begin = load.now();
    try {
      Outcome outcome = batches.remove().join();
      if (isBeside()) {
        load.learnedBeside(outcome.nanos() - (load.now() - begin));
      }
      return outcome.trained();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Gives up what has not been taken. One that is being learned ends by itself, on a learner that nobody else has any more. */
  void abandon() {
    batches.forEach(batch -> batch.cancel(false));
    batches.clear();
  }
}
