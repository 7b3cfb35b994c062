package io.millrace.model.scoring;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Weights;
import java.util.Optional;
import java.util.OptionalDouble;

/** Predicts the label of an event from the event itself and those before it; the label need not be known yet. */
final class LabelScoring implements HeadScoring {
  private static final float[] FED_ALREADY = new float[0];

  private final ModelSpec spec;
  private final Rows rows;
  private final LabelVerdicts verdicts;
  private final Labelling labelling;
  private final float[] y = new float[1];

  LabelScoring(ModelSpec spec, LabelVerdicts verdicts, Labelling labelling) {
    this.spec = spec;
    this.rows = new Rows(spec);
    this.verdicts = verdicts;
    this.labelling = labelling;
  }

  @Override
  public Opinion judge(Occasion at, Weights weights) {
    HiddenState start = at.start(spec);
    float[] fed = rows.of(at);
    HiddenState hidden = HiddenState.initial(spec);
    weights.network().step(fed, start, hidden);
    weights.network().project(hidden, y);
    LabelVerdicts.Verdict verdict = verdicts.of(y[0], at.before(), at.event().label());
    return new Opinion(
        verdict.score(),
        verdict.surprise(),
        new double[] {verdict.prediction()},
        start,
        fed,
        hidden,
        at.before().features().levels(),
        verdict.history());
  }

  @Override
  public float[] next(Occasion at) {
    return FED_ALREADY;
  }

  @Override
  public Optional<Step> step(Occasion at, Opinion opinion, KeyState after) {
    OptionalDouble label = at.event().label();
    return Optional.of(
        label.isPresent()
            ? Step.known(at, opinion, new float[] {
              labelling.target(at.before().labels(), label.getAsDouble())
            })
            : Step.unknown(at, opinion));
  }
}
