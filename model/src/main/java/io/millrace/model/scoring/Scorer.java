package io.millrace.model.scoring;

import io.millrace.model.ForecastHead;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Weights;
import io.millrace.model.scoring.ScoringSettings.LateEvents;
import java.util.Optional;

/**
 * Judges an event by what its key remembers, then takes it into that memory.
 *
 * <p>The forecast is a function of the events before and of the weights alone. It is worked out when the event that it is held
 * against arrives, so that the newest weights have their say.
 *
 * <p>Cost of an event: one step of the network, one projection of the head, and O(F) for the statistics. Holds scratch
 * arrays, so each thread needs its own.
 */
public final class Scorer {
  /** What the network is shown is bounded: one wild reading must not saturate every gate. */
  private static final double INPUT_BOUND = 8;

  /** Standardized errors beyond this are all the same wonder; keeps every sum finite. */
  private static final double ERROR_BOUND = 1e6;

  private final ModelSpec spec;
  private final ScoringSettings settings;
  private final SurpriseHistory surprises;
  private final LevelHistory levels;
  private final float[] y;
  private final float[] mean;
  private final float[] logVariance;

  public Scorer(ModelSpec spec, ScoringSettings settings) {
    this.spec = spec;
    this.settings = settings;
    this.surprises = new SurpriseHistory(settings);
    this.levels = new LevelHistory(settings);
    this.y = new float[spec.outputs()];
    this.mean = new float[spec.features()];
    this.logVariance = new float[spec.features()];
  }

  /**
   * @param before what the key remembers; not changed
   * @param event its features have the model's width and are finite
   * @param weights must be of this scorer's model
   * @throws LateEventException when the event is older than the key's last and the settings refuse such events
   */
  public Scored score(KeyState before, Observation event, Weights weights) {
    boolean late = !before.isFresh() && event.time() < before.lastTime();
    if (late && settings.late() == LateEvents.DEAD_LETTER) {
      throw new LateEventException(event.time(), before.lastTime());
    }
    boolean restarted = before.isFresh() || before.hasEnded() || isGap(before, event);
    HiddenState hidden = HiddenState.initial(spec);
    if (!restarted) {
      weights.network().step(before.input(), before.hidden(), hidden);
    }

    weights.network().project(hidden, y);
    weights.head().predict(before.input(), y, mean, logVariance);
    Errors errors = before.isFresh() ? Errors.NONE : errorsOf(event, before);
    Verdict verdict = before.isFresh()
        ? new Verdict(0, before.levels(), before.surprise())
        : judge(before, event, errors);

    Judgement judgement = new Judgement(
        verdict.score(),
        errors.surprise(),
        rawForecast(before),
        weights.version(),
        before.steps(),
        before.steps() < settings.warmup(),
        late,
        restarted);
    if (late) {
      return new Scored(judgement, before, Optional.empty());
    }
    float[] change = change(before, event);
    return new Scored(
        judgement,
        remember(before, hidden, event, change, verdict),
        restarted ? Optional.empty() : Optional.of(step(before, event, change)));
  }

  private boolean isGap(KeyState before, Observation event) {
    return event.time() > before.lastTime()
        && event.time() - before.lastTime() > settings.sequenceGap();
  }

  private record Verdict(double score, LevelMoments levels, SurpriseMoments surprise) {}

  private Verdict judge(KeyState before, Observation event, Errors errors) {
    LevelHistory.Verdict level = levels.judge(
        before.levels(), before.extremes(), before.surprise().count(), event.features());
    SurpriseHistory.Verdict surprise =
        surprises.judge(before.surprise(), errors.deviation(), level.wonder());
    return new Verdict(surprise.score(), level.after(), surprise.after());
  }

  /**
   * @param surprise of the event as the network sees it, so bounded: the very loss that it would be taught by
   * @param deviation root mean square of the standardized errors of the event as it is
   */
  private record Errors(double surprise, double deviation) {
    private static final Errors NONE = new Errors(0, 0);
  }

  private Errors errorsOf(Observation event, KeyState before) {
    double surprise = 0;
    double squares = 0;
    for (int f = 0; f < mean.length; f++) {
      double change = before.usual().inUnits(f, before.last()[f], event.features()[f]);
      double z = bounded(ForecastHead.standardized(change, mean[f], logVariance[f]), ERROR_BOUND);
      squares += z * z;
      double seen = bounded(change, INPUT_BOUND);
      surprise += ForecastHead.negativeLogLikelihood(
          ForecastHead.standardized(seen, mean[f], logVariance[f]), logVariance[f]);
    }
    return new Errors(surprise / mean.length, Math.sqrt(squares / mean.length));
  }

  private double[] rawForecast(KeyState before) {
    double[] raw = new double[mean.length];
    for (int f = 0; f < raw.length; f++) {
      raw[f] = before.usual().changed(f, before.last()[f], mean[f]);
    }
    return raw;
  }

  private KeyState remember(
      KeyState before, HiddenState hidden, Observation event, float[] change, Verdict verdict) {
    UsualChange usual = before
        .usual()
        .after(before.steps(), before.last(), event.features(), settings.normalizeHorizon());
    return new KeyState(
        before.steps() + 1,
        event.time(),
        event.seen(),
        before.hasEnded() ? KeyState.NO_WINDOW : before.windowStart(),
        hidden,
        usual,
        event.features().clone(),
        change,
        before.extremes().after(before.steps(), event.features(), settings.rangeHorizon()),
        verdict.levels(),
        verdict.surprise());
  }

  /** The event as the network sees it: what it should have forecast, and what it is fed when it forecasts the next one. */
  private float[] change(KeyState before, Observation event) {
    float[] change = new float[spec.features()];
    for (int f = 0; f < change.length; f++) {
      double units = before.usual().inUnits(f, before.last()[f], event.features()[f]);
      change[f] = (float) bounded(units, INPUT_BOUND);
    }
    return change;
  }

  private static Step step(KeyState before, Observation event, float[] change) {
    return new Step(before.steps(), event.time(), before.hidden(), before.input(), change);
  }

  private static double bounded(double value, double bound) {
    return Math.max(-bound, Math.min(bound, value));
  }
}
