package io.millrace.model.scoring;

import io.millrace.model.ModelSpec;
import io.millrace.model.Weights;
import io.millrace.model.scoring.ScoringSettings.LateEvents;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges an event by what its key remembers, then takes it into that memory.
 *
 * <p>What is predicted of an event is a function of the events before, of what the head is shown of the event itself, and of the
 * weights alone. A lazy head's prediction is worked out when the event that it is held against arrives, so that the newest weights
 * have their say.
 *
 * <p>Cost of an event: one step of the network, one projection of the head, and O(D) for the statistics. Holds scratch
 * arrays, so each thread needs its own.
 */
public final class Scorer {
  private final ScoringSettings settings;
  private final HeadScoring head;
  private final Labelling labelling;
  private final boolean predictsEvents;

  public Scorer(ModelSpec spec, ScoringSettings settings) {
    this.settings = settings;
    this.predictsEvents = spec.head().isLazy();
    this.head = HeadScoring.of(spec, settings);
    this.labelling = new Labelling(spec, settings.normalizeHorizon());
  }

  /**
   * @param before what the key remembers; not changed
   * @param event its features and categories are as many as the model's, finite and in range
   * @param weights must be of this scorer's model
   * @throws LateEventException when the event is older than the key's last and the settings refuse such events
   */
  public Scored score(KeyState before, Observation event, Weights weights) {
    boolean late = !before.isFresh() && event.time() < before.lastTime();
    if (late && settings.late() == LateEvents.DEAD_LETTER) {
      throw new LateEventException(event.time(), before.lastTime());
    }
    boolean restarted = before.isFresh() || before.hasEnded() || isGap(before, event);
    Occasion occasion = new Occasion(before, event, restarted);
    Opinion opinion = head.judge(occasion, weights);
    Judgement judgement = new Judgement(
        opinion.score(),
        opinion.surprise(),
        opinion.prediction(),
        predictsEvents || event.label().isPresent(),
        weights.version(),
        before.steps(),
        before.steps() < settings.warmup(),
        late,
        restarted);
    if (late) {
      return new Scored(judgement, before, Optional.empty());
    }
    KeyState after = remember(occasion, opinion);
    return new Scored(judgement, after, head.step(occasion, opinion, after));
  }

  private boolean isGap(KeyState before, Observation event) {
    return event.time() > before.lastTime()
        && event.time() - before.lastTime() > settings.sequenceGap();
  }

  private KeyState remember(Occasion at, Opinion opinion) {
    KeyState before = at.before();
    return new KeyState(
        before.steps() + 1,
        at.event().time(),
        at.event().seen(),
        before.hasEnded() ? KeyState.NO_WINDOW : before.windowStart(),
        opinion.hidden(),
        head.next(at),
        before.features().after(before.steps(), at.features(), opinion.levels(), settings),
        opinion.history(),
        labels(at, opinion),
        before.kept());
  }

  private LabelMemory labels(Occasion at, Opinion opinion) {
    LabelMemory before = at.before().labels();
    OptionalDouble label = at.event().label();
    return label.isEmpty()
        ? before
        : labelling.after(
            before, at.before().steps(), at.event().time(), opinion.fed(), label.getAsDouble());
  }
}
