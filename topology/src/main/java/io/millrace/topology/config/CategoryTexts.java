package io.millrace.topology.config;

import io.millrace.model.CategoryInput;
import io.millrace.model.CategoryInput.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Categorical fields as people write them, {@link CategoryInput#text}. */
final class CategoryTexts implements ConfigDef.Validator {
  static final CategoryInput STANDARD = new CategoryInput(Kind.VOCABULARY, 1024, 0);

  private static final Pattern FORM =
      Pattern.compile("(vocabulary|hashed):(\\d{1,9})(?::(\\d{1,9}))?");

  /** @throws IllegalArgumentException when it is none */
  static CategoryInput parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    int size = Integer.parseInt(match.group(2));
    int embedding = match.group(3) == null ? 0 : Integer.parseInt(match.group(3));
    if (size < 2
        || size > CategoryInput.MAX_SIZE
        || embedding > CategoryInput.MAX_EMBEDDING
        || match.group(3) != null && embedding == 0) {
      throw new IllegalArgumentException(text);
    }
    return new CategoryInput(MillraceConfig.constant(Kind.class, match.group(1)), size, embedding);
  }

  @Override
  public void ensureValid(String name, Object value) {
    for (Object text : (List<?>) value) {
      try {
        parse((String) text);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(
            name,
            text,
            "expected vocabulary:SIZE or hashed:SIZE, where SIZE is 2 to " + CategoryInput.MAX_SIZE
                + ", and behind it, for an embedding, its length, :1 to :"
                + CategoryInput.MAX_EMBEDDING);
      }
    }
  }

  @Override
  public String toString() {
    return "vocabulary:SIZE or hashed:SIZE, with :EMBEDDING or without";
  }
}
