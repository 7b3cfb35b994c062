package io.millrace.serde;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.model.category.Vocabulary;
import java.util.List;

/** The suspicion towards texts from a topic. */
final class VocabularyChecks {
  private final String signature;
  private final List<CategoryInput> fields;

  VocabularyChecks(ModelSpec spec, List<CategoryInput> fields) {
    this.signature = spec.signature();
    this.fields = List.copyOf(fields);
  }

  <T> T present(T record) {
    if (record == null) {
      throw new UnusableVocabularyException("value", "texts", null);
    }
    return record;
  }

  void signature(String actual) {
    if (!actual.equals(signature)) {
      throw UnusableVocabularyException.foreign("signature", signature, actual);
    }
  }

  /** A hashed field has no vocabulary: where one comes for it, somebody gives other ids to the same texts. */
  void field(int number) {
    if (number < 0 || number >= fields.size()) {
      throw new UnusableVocabularyException("field", "0 to " + (fields.size() - 1), number);
    }
    if (!fields.get(number).grows()) {
      throw UnusableVocabularyException.foreign("kind of field " + number, "hashed", "vocabulary");
    }
  }

  void values(List<String> values, int most) {
    if (values.isEmpty() || values.size() > most) {
      throw new UnusableVocabularyException("values", "1 to " + most, values.size());
    }
    for (int n = 0; n < values.size(); n++) {
      if (!Vocabulary.isAdmissible(values.get(n))) {
        throw new UnusableVocabularyException(
            "length of value " + n,
            "at most " + Vocabulary.LONGEST + " bytes",
            values.get(n).length() + " characters");
      }
    }
  }
}
