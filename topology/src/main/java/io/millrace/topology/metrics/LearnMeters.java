package io.millrace.topology.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.learn.SkippedWindows;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.DropReason;
import io.millrace.model.learn.sync.Learned;
import io.millrace.model.learn.sync.MergeState;
import io.millrace.model.learn.sync.MergedWeights;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;

/** The meters of learning, merging and the weights; safe for many threads. */
public final class LearnMeters {
  private final AtomicReference<MergedWeights> newest = new AtomicReference<>();
  private final AtomicReference<MergeState> merged = new AtomicReference<>();
  private final Map<Learned, Counter> batches = new EnumMap<>(Learned.class);
  private final Map<Integer, SkippedWindows> skipped = new ConcurrentHashMap<>();
  private final Counter windows;
  private final Counter steps;
  private final Counter updates;
  private final Counter rejectedWindows;
  private final Counter rejectedUpdates;
  private final Counter rejectedWeights;

  public LearnMeters(MeterRegistry registry) {
    windows = counter(registry, "millrace.learn.windows", "Windows backpropagated");
    steps = counter(registry, "millrace.learn.steps", "Steps backpropagated");
    updates = counter(registry, "millrace.learn.updates", "Updates emitted");
    rejectedWindows = counter(
        registry, "millrace.windows.rejected", "Windows that could not be believed or used");
    rejectedUpdates = counter(
        registry, "millrace.updates.rejected", "Updates that could not be believed or used");
    rejectedWeights = counter(
        registry, "millrace.weights.rejected", "Weights that could not be believed or used");
    for (Learned outcome : Learned.values()) {
      batches.put(
          outcome,
          Counter.builder("millrace.learn.batches")
              .description("Batches by what became of them")
              .tag("outcome", text(outcome))
              .register(registry));
    }
    Gauge.builder("millrace.learn.skipped.windows", () -> skipped(SkippedWindows::windows))
        .description("Windows passed over, ever, by the workers here, because too many waited")
        .register(registry);
    Gauge.builder("millrace.learn.skipped.steps", () -> skipped(SkippedWindows::steps))
        .description("Steps in them, which are in no weights")
        .register(registry);
    Gauge.builder("millrace.weights.version", () -> ofNewest(MergedWeights::version))
        .description("Version of the weights that score here")
        .register(registry);
    Gauge.builder("millrace.weights.steps", () -> ofNewest(MergedWeights::stepsLearned))
        .description("Steps learned in the weights that score here")
        .register(registry);
    Gauge.builder("millrace.weights.loss", () -> ofNewest(MergedWeights::loss))
        .description("Mean loss of the newest steps in them")
        .baseUnit("nats")
        .register(registry);
    for (DropReason reason : DropReason.values()) {
      Gauge.builder("millrace.merge.dropped.steps", () -> dropped(reason))
          .description(
              "Steps that were learned and are in no weights, ever, as the merge counts them")
          .tag("reason", text(reason))
          .register(registry);
    }
  }

  private static Counter counter(MeterRegistry registry, String name, String meaning) {
    return Counter.builder(name).description(meaning).register(registry);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private double ofNewest(java.util.function.ToDoubleFunction<MergedWeights> figure) {
    MergedWeights weights = newest.get();
    return weights == null ? Double.NaN : figure.applyAsDouble(weights);
  }

  private double dropped(DropReason reason) {
    MergeState state = merged.get();
    return state == null ? 0 : state.dropped().of(reason);
  }

  private long skipped(ToLongFunction<SkippedWindows> figure) {
    return skipped.values().stream().mapToLong(figure).sum();
  }

  /** @param total of that worker */
  public void skipped(int worker, SkippedWindows total) {
    skipped.put(worker, total);
  }

  public void posted(MergedWeights weights) {
    newest.set(weights);
  }

  public void merged(MergeState state) {
    merged.set(state);
  }

  public void learned(Learned outcome, List<TrainingWindow> batch) {
    batches.get(outcome).increment();
    windows.increment(batch.size());
    steps.increment(batch.stream().mapToLong(LearnMeters::known).sum());
  }

  private static long known(TrainingWindow window) {
    long known = 0;
    for (byte one : window.mask()) {
      known += one;
    }
    return known;
  }

  public void emitted(Change change) {
    updates.increment();
  }

  public void rejectedWindow() {
    rejectedWindows.increment();
  }

  public void rejectedUpdate() {
    rejectedUpdates.increment();
  }

  public void rejectedWeights() {
    rejectedWeights.increment();
  }
}
