package io.millrace.state;

import io.millrace.model.learn.CutWindow;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Labelling;
import io.millrace.serde.StoredStep;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes labels that come by themselves to the steps that they speak of, and into the memory of their keys. A label costs three rows
 * read and as many written, at most, however many windows wait.
 */
public final class LateLabels {
  private final SingleSteps open;
  private final WaitingWindows waiting;
  private final AwaitedLabels awaited;
  private final KeyStates states;
  private final Labelling labelling;

  LateLabels(
      SingleSteps open,
      WaitingWindows waiting,
      AwaitedLabels awaited,
      KeyStates states,
      Labelling labelling) {
    this.open = open;
    this.waiting = waiting;
    this.awaited = awaited;
    this.states = states;
    this.labelling = labelling;
  }

  /** What became of a label. */
  public enum Fate {
    /** It is in its window. */
    JOINED,
    /** Its event was here, but the window has gone. */
    LATE,
    /** No event is known by that id yet, or its label is known already. It is kept for a while, for the event that may come. */
    UNKNOWN
  }

  /**
   * What came of a label.
   *
   * @param cut the window that it completed, to be emitted
   */
  public record Joined(Fate fate, Optional<CutWindow> cut) {
    private static final Joined LATE = new Joined(Fate.LATE, Optional.empty());
    private static final Joined UNKNOWN = new Joined(Fate.UNKNOWN, Optional.empty());

    private static Joined with(Optional<CutWindow> cut) {
      return new Joined(Fate.JOINED, cut);
    }
  }

  /**
   * @param id of the event
   * @param value of the label: raw units
   * @param now record time: milliseconds since 1970
   */
  public Joined join(byte[] key, String id, double value, long now) {
    OptionalLong number = awaited.take(key, id);
    if (number.isEmpty()) {
      awaited.keep(key, id, value, now + waiting.retention());
      return Joined.UNKNOWN;
    }
    return states
        .find(key)
        .flatMap(state -> join(key, state, number.getAsLong(), value))
        .orElse(Joined.LATE);
  }

  private Optional<Joined> join(byte[] key, KeyState state, long number, double value) {
    return state.hasOpenWindow() && number >= state.windowStart()
        ? joinOpen(key, state, number, value)
        : joinWaiting(key, state, number, value);
  }

  private Optional<Joined> joinOpen(byte[] key, KeyState state, long number, double value) {
    int slot = (int) (number - state.windowStart());
    return open.find(key, slot, number).map(step -> {
      open.put(key, slot, labelled(key, state, step, value));
      return Joined.with(Optional.empty());
    });
  }

  private Optional<Joined> joinWaiting(byte[] key, KeyState state, long number, double value) {
    return waiting
        .find(key, number)
        .map(window -> Joined.with(
            waiting.put(key, window, labelled(key, state, window.step(number), value))));
  }

  /** A value is taught in the units that the key had before it. */
  private StoredStep labelled(byte[] key, KeyState state, StoredStep step, double value) {
    float target = labelling.target(state.labels(), value);
    if (labelling.remembers()) {
      states.save(
          key,
          state.withLabels(
              labelling.after(state.labels(), step.number(), step.time(), step.input(), value)));
    }
    return step.labelled(target);
  }
}
