package io.millrace.state;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Labelling;
import io.millrace.model.scoring.Scored;
import io.millrace.model.scoring.Step;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.OpenWindowCodec.Head;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import io.millrace.state.writeback.Neighbours;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of one task that are not cut yet.
 *
 * <p>Cost of a step: no row read and one written, or a part of one where the head is lazy. A full window costs its head, read and written,
 * and its step rows, read; these stay and are written over by the key's next window, those of a key that went quiet are deleted. When a
 * window is open, and since which step, stands in the {@link KeyState}, and so do a lazy head's newest steps while they are in no row.
 */
public final class OpenWindows {
  /** Of the rows of a store for open windows: the steps of a key are used together. */
  public static final Neighbours NEIGHBOURS = OpenWindowKeys::isStep;

  private static final Logger LOG = LoggerFactory.getLogger(OpenWindows.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final OpenWindowCodec codec;
  private final KeyStates states;
  private final WindowHeads heads;
  private final StepRows steps;
  private final ModelSpec spec;
  private final AwaitedLabels awaited;
  private final Optional<WaitingWindows> waiting;
  private final WindowSettings settings;
  private final LongConsumer onLost;
  private final long firstStep;

  /**
   * @param states of the same keys
   * @param onLost told of the steps of every window whose rows could not be believed, or whose key begins anew: those that can be
   *     counted. Where the key's state cannot be believed, a lazy head's newest steps, which stood there alone, are not among them
   */
  public OpenWindows(
      KeyValueStore<Bytes, byte[]> store,
      KeyStates states,
      ModelSpec spec,
      WindowSettings settings,
      LongConsumer onLost) {
    this.store = store;
    this.codec = new OpenWindowCodec(spec);
    this.states = states;
    this.heads = new WindowHeads(store, codec);
    this.steps = StepRows.of(store, spec, codec);
    this.spec = spec;
    this.awaited = new AwaitedLabels(store);
    this.waiting =
        settings.labelWait().isEmpty() ? Optional.empty() : Optional.of(waiting(settings, onLost));
    this.settings = settings;
    this.onLost = onLost;
    this.firstStep = spec.head().firstStep();
  }

  private WaitingWindows waiting(WindowSettings settings, LongConsumer onLost) {
    long wait = settings.labelWait().getAsLong();
    long retention = Math.max(wait, settings.idle());
    return new WaitingWindows(store, codec, awaited, wait, retention, onLost);
  }

  /**
   * What came of one event.
   *
   * @param cut windows to emit, in order: at most the one that the event ended and the one that it filled; none of those that wait
   *     for labels
   * @param state of the key, to be saved
   * @param label of the event, where it came before it: raw units; to be joined once the state is saved
   */
  public record Appended(List<CutWindow> cut, KeyState state, OptionalDouble label) {
    private Appended(List<CutWindow> cut, KeyState state) {
      this(cut, state, OptionalDouble.empty());
    }
  }

  /** A window that was cut because its key went quiet, or has waited long enough. */
  public record Quiet(byte[] key, CutWindow window) {}

  /**
   * Takes what a judged event teaches into its key's window.
   *
   * @param before the key's state before the event
   * @param id of the event, by which its label finds it
   * @param weightsVersion that judged it
   */
  public Appended append(
      byte[] key, KeyState before, Scored scored, Optional<String> id, long weightsVersion) {
    if (scored.judgement().late()) {
      return new Appended(List.of(), scored.after());
    }
    if (before.isFresh()) {
      forget(key);
    }
    List<CutWindow> cut = new ArrayList<>(1);
    KeyState state = scored.after();
    OptionalDouble label = OptionalDouble.empty();
    if (before.hasOpenWindow() && endsWindow(before, scored)) {
      cut(key, before, state.lastSeen()).ifPresent(cut::add);
      state = state.withWindowStart(KeyState.NO_WINDOW);
    }
    if (scored.step().isPresent()) {
      Step step = scored.step().get();
      state = open(key, state, step, weightsVersion);
      StoredStep stored = StoredStep.of(step, waiting.isPresent() ? id : Optional.empty());
      int slot = (int) (step.number() - state.windowStart());
      boolean fills = isFull(key, state);
      state = steps.append(key, slot, before, stored, state, fills);
      label = awaited.await(key, stored);
      if (fills) {
        state = roll(key, state, weightsVersion, cut);
      }
    }
    return new Appended(cut, state, label);
  }

  /**
   * Ends a key's sequence: cuts its window as it is.
   *
   * @param state after the event that ended it
   */
  public Appended end(byte[] key, KeyState state) {
    List<CutWindow> cut =
        state.hasOpenWindow() ? cut(key, state, state.lastSeen()).stream().toList() : List.of();
    return new Appended(cut, state.withWindowStart(KeyState.ENDED));
  }

  private boolean endsWindow(KeyState before, Scored scored) {
    return scored.judgement().restarted()
        || scored.after().lastSeen() - before.lastSeen() > settings.idle()
        || before.steps() - before.windowStart() >= settings.size(); // the size was larger once
  }

  /** @param state after the event */
  private KeyState open(byte[] key, KeyState state, Step step, long weightsVersion) {
    if (state.hasOpenWindow()) {
      return state;
    }
    long deadline = state.lastSeen() + settings.idle();
    heads.open(key, new Head(step.number(), weightsVersion, deadline, step.before(), step.input()));
    return state.withWindowStart(step.number());
  }

  /**
   * Cuts a full window and opens the next in its place, still without a step: one row is written over, where closing and opening take
   * four. The deadline stays; when it is due, the sweep finds the key alive and moves it.
   *
   * @param state after the event that filled the window
   * @param cut gets the full window, where it need not wait
   */
  private KeyState roll(byte[] key, KeyState state, long weightsVersion, List<CutWindow> cut) {
    Optional<Head> head = heads.find(key);
    Optional<StoredWindow> window = read(key, state, head);
    if (window.isEmpty()) {
      lose(key, stepsIn(state));
      heads.close(key, head);
      return state.withWindowStart(KeyState.NO_WINDOW);
    }
    emit(key, window.get(), state.lastSeen()).ifPresent(cut::add);
    KeyState next = states.asSaved(state);
    float[] input = spec.head().isLazy() ? next.input() : spec.emptyRow();
    heads.replace(
        key, new Head(state.steps(), weightsVersion, head.get().deadline(), next.hidden(), input));
    return state.withWindowStart(state.steps());
  }

  private boolean isFull(byte[] key, KeyState state) {
    return state.steps() - state.windowStart() >= length(key, state.windowStart());
  }

  /**
   * Keys that live in step, as sensors with one clock do, would all fill their windows at once, and scoring would wait while all of
   * them are learned. So a key's first window is shorter, by a part that only depends on the key.
   */
  private int length(byte[] key, long start) {
    return start == firstStep
        ? settings.size() - Math.floorMod(Arrays.hashCode(key), settings.size())
        : settings.size();
  }

  /** The way of labels into these windows. */
  public LateLabels labels(Labelling labelling) {
    SingleSteps open = new SingleSteps(store, codec);
    return new LateLabels(open, waiting.orElseThrow(), awaited, states, labelling);
  }

  /**
   * Cuts windows of keys that have gone quiet, and lets those go that have waited long enough, by bounded work.
   *
   * @param now record time: milliseconds since 1970
   * @param atMost deadlines looked at
   */
  public List<Quiet> sweep(long now, int atMost) {
    List<Quiet> cut = new ArrayList<>();
    for (WindowHeads.Due due : heads.takeDue(now, atMost)) {
      heads
          .find(due.key())
          .filter(head -> head.deadline() == due.first())
          .flatMap(head -> settle(due.key(), head, now))
          .ifPresent(window -> cut.add(new Quiet(due.key(), window)));
    }
    waiting.ifPresent(windows -> {
      cut.addAll(windows.takeDue(now, atMost));
      awaited.sweep(now, atMost);
    });
    return cut;
  }

  private Optional<CutWindow> settle(byte[] key, Head head, long now) {
    Optional<KeyState> found = states.find(key);
    if (found.isEmpty() || found.get().windowStart() != head.firstStep()) {
      forget(key);
      return Optional.empty();
    }
    KeyState state = found.get();
    long deadline = state.lastSeen() + settings.idle();
    if (deadline > now) {
      heads.move(key, head, deadline);
      return Optional.empty();
    }
    Optional<CutWindow> window = cut(key, state, Optional.of(head), now);
    steps.delete(key);
    states.save(key, state.withWindowStart(KeyState.NO_WINDOW));
    return window;
  }

  /** Removes the rows of a key that is remembered no longer; a window they held is lost, and counted. */
  public void forget(byte[] key) {
    if (heads.has(key)) {
      Optional<Head> head = heads.find(key);
      lose(key, length(key, head));
      heads.close(key, head);
    }
    steps.delete(key);
    waiting.ifPresent(windows -> {
      windows.forget(key);
      awaited.forget(key);
    });
  }

  /** Steps of an open window, as far as they can be counted. */
  private long length(byte[] key, Optional<Head> head) {
    return states
        .find(key)
        .filter(KeyState::hasOpenWindow)
        .filter(
            state -> head.map(Head::firstStep).orElse(state.windowStart()) == state.windowStart())
        .map(state -> state.steps() - state.windowStart())
        .orElseGet(() -> head.map(read -> (long) steps.count(key, read)).orElse(0L));
  }

  /**
   * @param state whose window it is: its steps are the last that the window has
   * @param now record time: milliseconds since 1970
   * @return the window to be emitted, if it need not wait
   */
  private Optional<CutWindow> cut(byte[] key, KeyState state, long now) {
    return cut(key, state, heads.find(key), now);
  }

  private Optional<CutWindow> cut(byte[] key, KeyState state, Optional<Head> head, long now) {
    Optional<StoredWindow> window = read(key, state, head);
    if (window.isEmpty()) {
      lose(key, stepsIn(state));
    }
    heads.close(key, head);
    return window.flatMap(read -> emit(key, read, now));
  }

  private Optional<StoredWindow> read(byte[] key, KeyState state, Optional<Head> head) {
    return head.filter(read -> stepsIn(state) > 0 && read.firstStep() == state.windowStart())
        .flatMap(read -> steps.read(key, read, state));
  }

  private static long stepsIn(KeyState state) {
    return state.steps() - state.windowStart();
  }

  /** Empty where it has to wait for labels first. */
  private Optional<CutWindow> emit(byte[] key, StoredWindow window, long now) {
    return waiting.isPresent() ? waiting.get().hold(key, window, now) : Optional.of(window.cut());
  }

  /** A window that has just been opened has no steps to lose. */
  private void lose(byte[] key, long steps) {
    if (steps == 0) {
      return;
    }
    onLost.accept(steps);
    LOG.warn("window lost: key={}, steps={}. Its rows cannot be believed.", Bytes.wrap(key), steps);
  }
}
