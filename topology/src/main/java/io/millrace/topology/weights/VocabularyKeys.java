package io.millrace.topology.weights;

import java.nio.charset.StandardCharsets;

/** The keys of records about vocabularies, which stand among the updates on their way to the merge and among the weights behind it. */
public final class VocabularyKeys {
  private VocabularyKeys() {}

  /** Of texts that have no id yet: {@code model/vocabulary/field}. */
  public static byte[] ofRequest(String model, int field) {
    return bytes(prefix(model) + field);
  }

  /** Of a part of a vocabulary: {@code model/vocabulary/field/part}. */
  public static byte[] ofPart(String model, int field, int part) {
    return bytes(prefix(model) + field + "/" + part);
  }

  /** Whether a record of that key is about a vocabulary. */
  public static boolean match(byte[] recordKey, String model) {
    return recordKey != null
        && new String(recordKey, StandardCharsets.UTF_8).startsWith(prefix(model));
  }

  private static String prefix(String model) {
    return model + "/vocabulary/";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
