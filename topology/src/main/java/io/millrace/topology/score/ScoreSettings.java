package io.millrace.topology.score;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.serde.StateEncoding;
import io.millrace.state.WindowSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the score stage.
 *
 * @param spec of the model
 * @param categories the model's categorical fields
 * @param model its name, the first part of the keys of what is asked of the merge
 * @param scoring how events are judged
 * @param stateEncoding how a key's h and c are stored
 * @param stateTtl how long an unseen key is remembered, in record time
 * @param expiryInterval record time between two sweeps for expired keys
 * @param expiryRows rows a sweep looks at
 * @param windows when windows to learn from are cut; empty: nothing is kept to learn from
 * @param labelsTopic where labels come by themselves; empty: they come in their events
 */
public record ScoreSettings(
    ModelSpec spec,
    List<CategoryInput> categories,
    String model,
    ScoringSettings scoring,
    StateEncoding stateEncoding,
    Duration stateTtl,
    Duration expiryInterval,
    int expiryRows,
    Optional<WindowSettings> windows,
    Optional<String> labelsTopic) {

  /** Whether texts without an id are asked one for: somebody must be there to give it. */
  public boolean asksForIds() {
    return windows.isPresent() && categories.stream().anyMatch(CategoryInput::grows);
  }
}
