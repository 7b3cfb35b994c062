package io.millrace.model.scoring;

import io.millrace.model.CategoryHead;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Weights;
import java.util.Optional;

/**
 * Predicts which category an event will be of. The first event of a sequence is predicted too, from a row of nothing: how sequences
 * begin is worth learning where they are short.
 */
final class CategoryScoring implements HeadScoring {
  private final ModelSpec spec;
  private final Rows rows;
  private final SurpriseHistory surprises;
  private final float[] y;

  CategoryScoring(ModelSpec spec, ScoringSettings settings) {
    this.spec = spec;
    this.rows = new Rows(spec);
    this.surprises = new SurpriseHistory(settings);
    this.y = new float[spec.outputs()];
  }

  @Override
  public Opinion judge(Occasion at, Weights weights) {
    HiddenState start = at.start(spec);
    float[] fed = at.restarted() ? spec.emptyRow() : at.before().input();
    HiddenState hidden = HiddenState.initial(spec);
    weights.network().step(fed, start, hidden);
    weights.network().project(hidden, y);
    int category = category(at);
    double surprise = CategoryHead.negativeLogLikelihood(y, category);
    SurpriseHistory.Verdict verdict = surprises.judge(at.before().surprise(), surprise, 0);
    return new Opinion(
        verdict.score(),
        surprise,
        new double[] {CategoryHead.rank(y, category), Math.exp(-surprise)},
        start,
        fed,
        hidden,
        at.before().features().levels(),
        verdict.after());
  }

  private static int category(Occasion at) {
    return at.event().categories()[0];
  }

  @Override
  public float[] next(Occasion at) {
    return rows.of(at);
  }

  @Override
  public Optional<Step> step(Occasion at, Opinion opinion, KeyState after) {
    return Optional.of(Step.known(at, opinion, spec.targetIn(after.input())));
  }
}
