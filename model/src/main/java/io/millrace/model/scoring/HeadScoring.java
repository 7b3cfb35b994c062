package io.millrace.model.scoring;

import io.millrace.model.ModelSpec;
import io.millrace.model.Weights;
import java.util.Optional;

/**
 * What is particular to a head: when the network is fed, what it predicts, and what the event then teaches. Remembers nothing; may
 * hold scratch arrays.
 *
 * <p>Lazy heads predict the event itself: they are fed the row of the event before, by the weights of the moment. Eager heads predict
 * the event's label: they are fed the row of the event.
 */
interface HeadScoring {

  static HeadScoring of(ModelSpec spec, ScoringSettings settings) {
    Labelling labelling = new Labelling(spec, settings.normalizeHorizon());
    return switch (spec.head()) {
      case FORECAST -> new ForecastScoring(spec, settings);
      case CATEGORY -> new CategoryScoring(spec, settings);
      case BINARY -> new LabelScoring(spec, new LabelVerdicts.Binary(), labelling);
      case REGRESSION ->
        new LabelScoring(
            spec,
            new LabelVerdicts.Regression(new SurpriseHistory(settings), labelling),
            labelling);
    };
  }

  Opinion judge(Occasion occasion, Weights weights);

  /** The row that the next prediction begins with: of this event where the head is lazy, without columns where it is eager. */
  float[] next(Occasion occasion);

  /** What the event teaches, now that it has been judged. */
  Optional<Step> step(Occasion occasion, Opinion opinion, KeyState after);
}
