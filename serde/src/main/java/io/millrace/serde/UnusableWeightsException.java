package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Weights that cannot be taken over. */
public final class UnusableWeightsException extends SerializationException {
  private static final long serialVersionUID = 1L;
  private static final String SIGNATURE = "signature";

  private final boolean foreign;

  UnusableWeightsException(String field, Object expected, Object actual) {
    super(
        "weights rejected: field=" + field + ", expected=" + expected + ", actual=" + actual + ".");
    this.foreign = field.equals(SIGNATURE);
  }

  static UnusableWeightsException foreign(String expected, String actual) {
    return new UnusableWeightsException(SIGNATURE, expected, actual);
  }

  /** Whether they are whole, but another model's. */
  public boolean isForeign() {
    return foreign;
  }
}
