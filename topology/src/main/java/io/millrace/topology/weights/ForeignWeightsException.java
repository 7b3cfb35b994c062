package io.millrace.topology.weights;

/** The weights topic holds another model's weights; nothing may be scored by a network that forgot what it had learned. */
public final class ForeignWeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ForeignWeightsException(String facts) {
    super(facts
        + " Restore the model's settings, or name a new topic.weights to begin from version 0.");
  }
}
