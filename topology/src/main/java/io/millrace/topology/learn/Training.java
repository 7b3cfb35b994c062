package io.millrace.topology.learn;

import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.Learner;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.learn.sync.Learned;
import io.millrace.topology.learn.PendingWindows.Pending;
import io.millrace.topology.overload.LearnLoad;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The batch that a worker is learning, one at a time: on a thread of its own, while the stream's goes on, or on the stream's. From when it is
 * begun until it is finished the learner is the batch's. All methods are for the stream's thread.
 */
final class Training {
  private static final long IDLE_SECONDS = 10;

  private final LearnLoad load;
  private final Optional<Executor> own;
  private CompletableFuture<Outcome> running;

  /** @param load is told what a thread of its own has taken, as if the stream's had */
  Training(LearnThread thread, LearnLoad load) {
    this.load = load;
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

  /**
   * What came of a batch.
   *
   * @param windows of it
   * @param newestOffset of them in their partition
   */
  record Trained(List<TrainingWindow> windows, long newestOffset, Learned learned) {}

  private record Outcome(Trained trained, long nanos) {}

  /** @param batch not empty; none may be running */
  void begin(Learner learner, List<Pending> batch) {
    running = own.map(thread -> CompletableFuture.supplyAsync(() -> learn(learner, batch), thread))
        .orElseGet(() -> CompletableFuture.completedFuture(learn(learner, batch)));
  }

  private Outcome learn(Learner learner, List<Pending> batch) {
    long begin = load.now();
    List<TrainingWindow> windows =
        batch.stream().map(Pending::window).map(CutWindow::steps).toList();
    Learned learned = learner.learn(windows);
    long newest = batch.get(batch.size() - 1).offset();
    return new Outcome(new Trained(windows, newest, learned), load.now() - begin);
  }

  /** Whether a batch was begun and is not finished. */
  boolean isRunning() {
    return running != null;
  }

  /** Whether to finish it takes no waiting. */
  boolean isDone() {
    return running.isDone();
  }

  /**
   * Waits for the batch.
   *
   * @throws RuntimeException that ended it, if one did
   */
  Trained finish() {
    long begin = load.now();
    Outcome outcome = await();
    if (own.isPresent()) {
      load.learnedBeside(outcome.nanos() - (load.now() - begin));
    }
    return outcome.trained();
  }

  private Outcome await() {
    try {
      return running.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      running = null;
    }
  }

  /** Waits for what is still being learned, and gives it up: its windows are pending still. */
  void abandon() {
    if (isRunning()) {
      running.handle((outcome, failure) -> outcome).join();
      running = null;
    }
  }
}
