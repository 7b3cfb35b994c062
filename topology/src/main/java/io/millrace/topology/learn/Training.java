package io.millrace.topology.learn;

import io.millrace.model.learn.Learner;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.learn.sync.Learned;
import io.millrace.model.learn.sync.Replica;
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
import java.util.function.Supplier;

/**
 * The batches that a worker is learning, one after the other, and the update that is cut when they are done: on a thread of its own, while
 * the stream's goes on, or on the stream's. While there is one, the learner is theirs. All methods are for the stream's thread.
 */
final class Training {
  private static final long IDLE_SECONDS = 10;

  private final LearnLoad load;
  private final int atMost;
  private final Optional<Executor> own;
  private final Queue<CompletableFuture<Timed<Trained>>> batches = new ArrayDeque<>();
  private Optional<CompletableFuture<Timed<WrittenUpdate>>> cut = Optional.empty();

  /** What came of a batch. */
  record Trained(List<TrainingWindow> windows, Learned learned) {}

  private record Timed<T>(T result, long nanos) {}

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

  /** Whether the stream's thread goes on meanwhile. */
  boolean isBeside() {
    return own.isPresent();
  }

  /** Whether all that was begun has been taken. */
  boolean isIdle() {
    return batches.isEmpty() && cut.isEmpty();
  }

  /** Whether an update was cut and has not been taken. */
  boolean isCutting() {
    return cut.isPresent();
  }

  /** Learns a batch after those that were begun before. */
  void begin(Learner learner, List<TrainingWindow> batch) {
    batches.add(run(() -> new Trained(batch, learner.learn(batch))));
  }

  /** Cuts what was learned and makes bytes of it, after the batches that were begun before. At most one at a time. */
  void cut(UpdateWriter writer, Replica replica, long newestWindow) {
    cut = Optional.of(run(() -> writer.cut(replica, newestWindow)));
  }

  private <T> CompletableFuture<Timed<T>> run(Supplier<T> work) {
    Supplier<Timed<T>> timed = () -> {
      long begin = load.now();
      T result = work.get();
      return new Timed<>(result, load.now() - begin);
    };
    return own.map(thread -> CompletableFuture.supplyAsync(timed, thread))
        .orElseGet(() -> CompletableFuture.completedFuture(timed.get()));
  }

  /**
   * Takes what came of the batches that are done, in their order. Waits for some only where as many are there as may be.
   *
   * @throws RuntimeException that ended one of them
   */
  List<Trained> take() {
    List<Trained> taken = new ArrayList<>();
    while (!batches.isEmpty() && (batches.size() >= atMost || batches.peek().isDone())) {
      taken.add(result(batches.remove()));
    }
    return taken;
  }

  /**
   * Takes the update that was cut, once it is written.
   *
   * @throws RuntimeException that ended it
   */
  Optional<WrittenUpdate> takeCut() {
    Optional<CompletableFuture<Timed<WrittenUpdate>>> done = cut.filter(CompletableFuture::isDone);
    if (done.isPresent()) {
      cut = Optional.empty();
    }
    return done.map(this::result);
  }

  private <T> T result(CompletableFuture<Timed<T>> work) {
    long begin = load.now();
    try {
      Timed<T> timed = work.join();
      if (isBeside()) {
        load.learnedBeside(timed.nanos() - (load.now() - begin));
      }
      return timed.result();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Gives up what has not been taken. One that is being learned ends by itself, on a learner that nobody else has any more. */
  void abandon() {
    batches.forEach(batch -> batch.cancel(false));
    batches.clear();
    cut.ifPresent(update -> update.cancel(false));
    cut = Optional.empty();
  }
}
