package io.millrace.model.scoring;

import io.millrace.model.HiddenState;

/**
 * What a head makes of an event, and what of that is to be remembered.
 *
 * @param score 0 to 1, 1 is most anomalous; of the regression head and the binary one as {@link Judgement} says
 * @param surprise nats
 * @param prediction as {@link Judgement} says
 * @param start recurrent state before the row was fed
 * @param fed [R] the row that led to the prediction
 * @param hidden recurrent state after it was fed
 * @param levels moments of the key's levels, with this event
 * @param history moments of the key's surprise, with this event
 */
record Opinion(
    double score,
    double surprise,
    double[] prediction,
    HiddenState start,
    float[] fed,
    HiddenState hidden,
    LevelMoments levels,
    SurpriseMoments history) {}
