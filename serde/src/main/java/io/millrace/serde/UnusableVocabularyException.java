package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Texts of a categorical field that cannot be taken over. */
public final class UnusableVocabularyException extends SerializationException {
  private static final long serialVersionUID = 1L;

  private final boolean foreign;

  private UnusableVocabularyException(
      boolean foreign, String field, Object expected, Object actual) {
    super("vocabulary rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ".");
    this.foreign = foreign;
  }

  UnusableVocabularyException(String field, Object expected, Object actual) {
    this(false, field, expected, actual);
  }

  static UnusableVocabularyException foreign(String field, Object expected, Object actual) {
    return new UnusableVocabularyException(true, field, expected, actual);
  }

  /** Whether they are as they should be, but of another model, or of other ids than those known. */
  public boolean isForeign() {
    return foreign;
  }
}
