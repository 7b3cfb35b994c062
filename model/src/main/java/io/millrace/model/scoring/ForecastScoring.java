package io.millrace.model.scoring;

import io.millrace.model.ForecastHead;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Weights;
import java.util.Optional;

/**
 * Predicts the features of an event, from those before it. A sequence's first event is held against the bare head: nothing came before
 * it, so nothing is to be learned from it.
 */
final class ForecastScoring implements HeadScoring {
  private final ModelSpec spec;
  private final Rows rows;
  private final SurpriseHistory surprises;
  private final LevelHistory levels;
  private final float[] y;
  private final float[] mean;
  private final float[] logVariance;

  ForecastScoring(ModelSpec spec, ScoringSettings settings) {
    this.spec = spec;
    this.rows = new Rows(spec);
    this.surprises = new SurpriseHistory(settings);
    this.levels = new LevelHistory(settings);
    this.y = new float[spec.outputs()];
    this.mean = new float[spec.features()];
    this.logVariance = new float[spec.features()];
  }

  @Override
  public Opinion judge(Occasion at, Weights weights) {
    KeyState before = at.before();
    HiddenState start = at.start(spec);
    HiddenState hidden = start;
    if (!at.restarted()) {
      hidden = HiddenState.initial(spec);
      weights.network().step(before.input(), start, hidden);
    }
    weights.network().project(hidden, y);
    weights.head().predict(before.input(), y, mean, logVariance);
    return before.isFresh() ? first(at, hidden) : judge(at, start, hidden);
  }

  /** A key that has shown nothing yet cannot surprise. */
  private Opinion first(Occasion at, HiddenState hidden) {
    KeyState before = at.before();
    return new Opinion(
        0,
        0,
        rawForecast(before.features()),
        hidden,
        before.input(),
        hidden,
        before.features().levels(),
        before.surprise());
  }

  private Opinion judge(Occasion at, HiddenState start, HiddenState hidden) {
    KeyState before = at.before();
    FeatureMemory features = before.features();
    Errors errors = errorsOf(at.features(), features);
    LevelHistory.Verdict level = levels.judge(
        features.levels(), features.extremes(), before.surprise().count(), at.features());
    SurpriseHistory.Verdict verdict =
        surprises.judge(before.surprise(), errors.deviation(), level.wonder());
    return new Opinion(
        verdict.score(),
        errors.surprise(),
        rawForecast(features),
        start,
        before.input(),
        hidden,
        level.after(),
        verdict.after());
  }

  /**
   * @param surprise of the event as the network sees it, so bounded: the loss that it would be taught by, but for the
   *     rounding of its row
   * @param deviation root mean square of the standardized errors of the event as it is
   */
  private record Errors(double surprise, double deviation) {}

  private Errors errorsOf(double[] x, FeatureMemory before) {
    double surprise = 0;
    double squares = 0;
    for (int f = 0; f < mean.length; f++) {
      double change = before.usual().inUnits(f, before.last()[f], x[f]);
      double z =
          Bounds.within(Bounds.ERROR, ForecastHead.standardized(change, mean[f], logVariance[f]));
      squares += z * z;
      double seen = Bounds.within(Bounds.INPUT, change);
      surprise += ForecastHead.negativeLogLikelihood(
          ForecastHead.standardized(seen, mean[f], logVariance[f]), logVariance[f]);
    }
    return new Errors(surprise / mean.length, Math.sqrt(squares / mean.length));
  }

  private double[] rawForecast(FeatureMemory before) {
    double[] raw = new double[mean.length];
    for (int f = 0; f < raw.length; f++) {
      raw[f] = before.usual().changed(f, before.last()[f], mean[f]);
    }
    return raw;
  }

  @Override
  public float[] next(Occasion at) {
    return rows.of(at);
  }

  /** The event's own change, as the network is going to be fed it, is what should have been forecast. */
  @Override
  public Optional<Step> step(Occasion at, Opinion opinion, KeyState after) {
    return at.restarted()
        ? Optional.empty()
        : Optional.of(Step.known(at, opinion, spec.targetIn(after.input())));
  }
}
