package io.millrace.serde.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.CategoryInput;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ids of categories among a file's metadata, for weights mean nothing without them.
 *
 * <pre>
 *   categories     how each field's texts become ids, as in vocabulary:101,hashed:4096:16
 *   vocabulary.0   of field 0: a JSON array of its texts, the first of which has id 1
 * </pre>
 */
final class CategoryMetadata {
  private static final String CATEGORIES = "categories";
  private static final String VOCABULARY = "vocabulary.";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> metadata;
  private final String source;

  /** @param source the file, for messages */
  CategoryMetadata(Map<String, String> metadata, String source) {
    this.metadata = metadata;
    this.source = source;
  }

  /** Nothing for a model without categories. */
  static Map<String, String> of(CategoryIds ids) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!ids.fields().isEmpty()) {
      metadata.put(CATEGORIES, text(ids.fields()));
    }
    for (int field = 0; field < ids.fields().size(); field++) {
      if (ids.fields().get(field).grows()) {
        metadata.put(VOCABULARY + field, json(ids.vocabulary(field).values()));
      }
    }
    return metadata;
  }

  private static String text(List<CategoryInput> fields) {
    return fields.stream().map(CategoryInput::text).collect(Collectors.joining(","));
  }

  private static String json(List<String> texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists of text are JSON", e);
    }
  }

  /**
   * What a file does not say, for another framework wrote it, say, is not known yet.
   *
   * @throws UnusableFileException when it has other ids than such fields can have
   */
  CategoryIds ids(List<CategoryInput> fields) {
    String told = metadata.getOrDefault(CATEGORIES, text(fields));
    if (!told.equals(text(fields))) {
      throw unusable(CATEGORIES, text(fields), told);
    }
    CategoryIds ids = CategoryIds.initial(fields);
    for (int field = 0; field < fields.size(); field++) {
      String texts = metadata.get(VOCABULARY + field);
      if (texts != null) {
        ids = ids.with(field, vocabulary(VOCABULARY + field, texts, fields.get(field)));
      }
    }
    return ids;
  }

  private Vocabulary vocabulary(String name, String json, CategoryInput field) {
    if (!field.grows()) {
      throw unusable(name, "none, for the field is hashed", "one");
    }
    List<String> texts = parse(name, json);
    Vocabulary vocabulary = Vocabulary.empty(field.size()).with(texts);
    if (vocabulary.values().size() != texts.size()) {
      throw unusable(
          name,
          "at most " + (field.size() - 1) + " different texts of at most " + Vocabulary.LONGEST
              + " bytes",
          texts.size() + ", of which " + vocabulary.values().size() + " are such");
    }
    return vocabulary;
  }

  private List<String> parse(String name, String json) {
    try {
      List<String> texts = JSON.readValue(json, new TypeReference<List<String>>() {});
      if (texts != null && texts.stream().allMatch(text -> text != null)) {
        return texts;
      }
    } catch (JsonProcessingException e) {
      // Told below, as what is no array of texts without being broken.
    }
    throw unusable(name, "a JSON array of texts", "something else");
  }

  private UnusableFileException unusable(String field, Object expected, Object actual) {
    return new UnusableFileException(
        source, field, expected, actual, "Fix the model's settings, or name the file that fits.");
  }
}
