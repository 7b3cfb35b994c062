package io.millrace.topology.score;

import io.millrace.model.scoring.Observation;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.Reason;

/** The suspicion towards numbers from outside. */
final class Sizes {
  private Sizes() {}

  /** @throws BadEventException when a number is not finite, or too large to be remembered with its square */
  static void require(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new BadEventException(
          Reason.NON_FINITE,
          "field=" + field + ", actual=" + value + ". Send finite numbers only.");
    }
    if (Math.abs(value) > Observation.LARGEST) {
      throw new BadEventException(
          Reason.NON_FINITE,
          "field=" + field + ", expected=within " + Observation.LARGEST + ", actual=" + value
              + ". Its square is not finite; send it in another unit.");
    }
  }
}
