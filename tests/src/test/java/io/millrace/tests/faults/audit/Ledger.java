package io.millrace.tests.faults.audit;

import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Offer;
import io.millrace.schemas.Update;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.UpdateAssembly;
import io.millrace.serde.WindowCodec;
import io.millrace.tests.faults.plan.Backlog;
import io.millrace.tests.faults.plan.World;
import io.millrace.topology.config.MillraceConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where every step that may be learned from is: in no window yet, in a window, in an update, in the weights. A step goes from one to
 * the next once, and whatever two neighbours disagree about is drift.
 */
final class Ledger {
  private final Findings findings;
  private final WindowCodec codec;
  private final AvroSerde<Update> updates = AvroSerde.of(Update.class);
  private final UpdateAssembly assembly;
  private final MergeAgain merge;
  private final Optional<LearnAgain> learn;

  /** Scored, and in no window yet: what it taught, and who judged it. */
  private final Map<StepId, Step> open = new LinkedHashMap<>();

  /** By worker, windows that are in no update. */
  private final Map<Integer, Deque<Learnable>> pending = new HashMap<>();

  /** By worker, updates that no version holds, with the newest judge of their steps. */
  private final Map<Integer, Deque<Judges>> unmerged = new HashMap<>();

  private final Map<Integer, Long> sequences = new HashMap<>();
  private final Map<Integer, Long> newestWindows = new HashMap<>();
  private final Set<StepId> inWindows = new HashSet<>();

  /** Of keys whose rows were damaged while these steps were in no window yet. */
  private final Set<StepId> suspects = new HashSet<>();

  private long eligible;
  private long forgiven;

  private record Step(CutWindow alone, long judge) {}

  private record Learnable(long offset, CutWindow window, long newestJudge) {}

  private record Judges(long sequence, long newest) {}

  Ledger(MillraceConfig config, World world, MergedWeights initial, Findings findings) {
    this.findings = findings;
    this.codec = new WindowCodec(config.modelSpec());
    this.assembly = new UpdateAssembly(config.modelSpec());
    this.merge = new MergeAgain(config.mergeSettings(), initial, findings);
    this.learn = world.isSequential()
        ? Optional.of(new LearnAgain(config.learnSettings(), initial, findings))
        : Optional.empty();
  }

  /** @param alone the step as a window of its own, by the undisturbed run */
  void scored(StepId id, CutWindow alone, long judge) {
    eligible++;
    open.put(id, new Step(alone, judge));
  }

  /** Whether every step of the window has been scored, or was in a window before. */
  boolean areStepsKnown(ConsumerRecord<byte[], byte[]> record) {
    return Arrays.stream(codec.decode(record.value()).times())
        .mapToObj(time -> StepId.of(record.key(), time))
        .allMatch(id -> open.containsKey(id) || inWindows.contains(id));
  }

  boolean hasWindow(int worker, long offset) {
    return newestWindows.getOrDefault(worker, -1L) >= offset;
  }

  boolean hasUpdate(int worker, long sequence) {
    return sequences.getOrDefault(worker, 0L) >= sequence;
  }

  void window(ConsumerRecord<byte[], byte[]> record) {
    CutWindow window = codec.decode(record.value());
    newestWindows.put(record.partition(), record.offset());
    List<Step> steps = new ArrayList<>();
    for (long time : window.times()) {
      StepId id = StepId.of(record.key(), time);
      Step step = open.remove(id);
      if (step == null) {
        findings.duplicate(
            (inWindows.contains(id) ? "step in two windows: " : "step never scored: ") + id
                + ", window=" + record.partition() + "@" + record.offset());
      } else {
        inWindows.add(id);
        steps.add(step);
      }
    }
    if (steps.size() == window.times().length
        && !Arrays.equals(record.value(), joined(steps, window.weightsVersion()))) {
      findings.mismatch(
          "window differs from its steps: window=" + record.partition() + "@" + record.offset());
    }
    long newest = steps.stream().mapToLong(Step::judge).max().orElse(0);
    pending(record.partition()).add(new Learnable(record.offset(), window, newest));
  }

  /**
   * The undisturbed run fills a window with each step, so that the next is opened by the event before its first step. One that is opened by
   * its first step has the version that judged that.
   */
  private byte[] joined(List<Step> steps, long version) {
    CutWindow joined = Windows.join(steps.stream().map(Step::alone).toList());
    long expected = version == steps.get(0).judge() ? version : joined.weightsVersion();
    return codec.encode(
        new CutWindow(joined.firstStep(), expected, joined.times(), joined.steps()));
  }

  private Deque<Learnable> pending(int worker) {
    return pending.computeIfAbsent(worker, number -> new ArrayDeque<>());
  }

  void update(byte[] bytes) {
    Update part = updates.decode(bytes);
    long last = sequences.getOrDefault(part.getWorker(), 0L);
    if (part.getSequence() <= last) {
      findings.duplicate(
          "update emitted twice: worker=" + part.getWorker() + ", sequence=" + part.getSequence());
      return;
    }
    assembly
        .add(assembly.read(bytes))
        .ifPresent(offer -> whole(offer, part.getNewestWindow(), last));
  }

  private void whole(Offer offer, long newestWindow, long last) {
    int worker = offer.worker();
    long sequence = offer.change().sequence();
    if (sequence != last + 1) {
      findings.mismatch("updates have a gap: worker=" + worker + ", sequence=" + sequence
          + ", expected=" + (last + 1));
    }
    sequences.put(worker, sequence);
    List<CutWindow> windows = new ArrayList<>();
    long newestJudge = 0;
    Deque<Learnable> waiting = pending(worker);
    while (!waiting.isEmpty() && waiting.peek().offset() <= newestWindow) {
      Learnable next = waiting.remove();
      windows.add(next.window());
      newestJudge = Math.max(newestJudge, next.newestJudge());
    }
    long steps =
        windows.stream().mapToLong(window -> window.steps().knownSteps()).sum();
    findings.drift(
        offer.change().steps() - steps,
        "update holds other steps than its windows: worker=" + worker + ", sequence=" + sequence
            + ", steps=" + offer.change().steps() + ", expected=" + steps);
    unmerged
        .computeIfAbsent(worker, number -> new ArrayDeque<>())
        .add(new Judges(sequence, newestJudge));
    learn.ifPresent(again -> again.update(offer, windows));
    merge.update(offer);
  }

  void version(MergedWeights weights) {
    merge.version(weights);
    learn.ifPresent(again -> again.version(weights));
    weights.sequences().forEach((worker, sequence) -> {
      Deque<Judges> mine = unmerged.getOrDefault(worker, new ArrayDeque<>());
      while (!mine.isEmpty() && mine.peek().sequence() <= sequence) {
        long judge = mine.remove().newest();
        if (judge >= weights.version()) {
          findings.mismatch("taught before judged: version=" + weights.version() + ", worker="
              + worker + ", judged by=" + judge);
        }
      }
    });
  }

  /** A key's row was damaged: its open window, if it has one, cannot be believed any more. */
  void suspect(String key) {
    open.keySet().stream().filter(id -> id.key().equals(key)).forEach(suspects::add);
  }

  /** What such windows held is dropped, and counted, by the application. */
  void forgive() {
    forgiven += suspects.stream().filter(id -> open.remove(id) != null).count();
    suspects.clear();
  }

  boolean has(Backlog backlog) {
    return switch (backlog) {
      case NONE -> true;
      case WINDOWS -> pending.values().stream().anyMatch(waiting -> !waiting.isEmpty());
      case UPDATES -> merge.waitingSteps() > 0;
    };
  }

  /** Steps that are on their way from their score to the weights. */
  long underway() {
    long inPending = pending.values().stream()
        .flatMap(Deque::stream)
        .mapToLong(window -> window.window().steps().knownSteps())
        .sum();
    long inNoWindow =
        open.keySet().stream().filter(id -> !suspects.contains(id)).count();
    return inNoWindow + inPending + merge.waitingSteps();
  }

  /** Zero, where every step is accounted for. */
  long difference(MergedWeights newest) {
    long accounted = newest.stepsLearned() + merge.droppedSteps() + forgiven + underway();
    long suspected = suspects.stream().filter(open::containsKey).count();
    return Math.abs(eligible - accounted - suspected);
  }

  long eligible() {
    return eligible;
  }
}
