package io.millrace.model.scoring;

import io.millrace.model.BinaryHead;
import java.util.OptionalDouble;

/** Reads the one output of a head that predicts labels, and holds it against the label where that is known. */
interface LabelVerdicts {

  /**
   * @param score as {@link Judgement} says
   * @param surprise nats; 0 while the label is unknown
   * @param prediction in the user's units
   * @param history of the key's surprise, with this event
   */
  record Verdict(double score, double surprise, double prediction, SurpriseMoments history) {}

  Verdict of(float y, KeyState before, OptionalDouble label);

  /** The score is the probability itself: no history is needed to read it. */
  final class Binary implements LabelVerdicts {
    @Override
    public Verdict of(float y, KeyState before, OptionalDouble label) {
      double probability = BinaryHead.probability(y);
      double surprise =
          label.isPresent() ? BinaryHead.negativeLogLikelihood(y, label.getAsDouble()) : 0;
      return new Verdict(probability, surprise, probability, before.surprise());
    }
  }

  /** The score is how far the error outdoes the key's own; there is none while the label is unknown. */
  final class Regression implements LabelVerdicts {
    private final SurpriseHistory surprises;
    private final Labelling labelling;

    Regression(SurpriseHistory surprises, Labelling labelling) {
      this.surprises = surprises;
      this.labelling = labelling;
    }

    @Override
    public Verdict of(float y, KeyState before, OptionalDouble label) {
      Spread usual = before.labels().spread();
      double prediction = usual.valueAt(y);
      if (label.isEmpty()) {
        return new Verdict(0, 0, prediction, before.surprise());
      }
      double seen = y - labelling.target(before.labels(), label.getAsDouble());
      double error = Bounds.within(Bounds.ERROR, usual.inUnits(label.getAsDouble()) - y);
      SurpriseHistory.Verdict verdict = surprises.judge(before.surprise(), Math.abs(error), 0);
      return new Verdict(verdict.score(), seen * seen / 2, prediction, verdict.after());
    }
  }
}
