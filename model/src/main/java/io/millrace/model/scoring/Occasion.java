package io.millrace.model.scoring;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;

/**
 * An event, and the memory that it is held against.
 *
 * @param restarted the sequence begins anew with it
 */
record Occasion(KeyState before, Observation event, boolean restarted) {

  /** The recurrent state from which the head starts: the key's own, or that of a sequence's beginning. */
  HiddenState start(ModelSpec spec) {
    return restarted ? HiddenState.initial(spec) : before.hidden();
  }

  /** Features of the event: raw units. */
  double[] features() {
    return event.features();
  }
}
