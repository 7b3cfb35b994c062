package io.millrace.topology.score;

import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.state.WindowSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the score stage.
 *
 * @param spec of the model
 * @param scoring how events are judged
 * @param stateTtl how long an unseen key is remembered, in record time
 * @param expiryInterval record time between two sweeps for expired keys
 * @param expiryRows rows a sweep looks at
 * @param windows when windows to learn from are cut; empty: nothing is kept to learn from
 */
public record ScoreSettings(
    ModelSpec spec,
    ScoringSettings scoring,
    Duration stateTtl,
    Duration expiryInterval,
    int expiryRows,
    Optional<WindowSettings> windows) {}
