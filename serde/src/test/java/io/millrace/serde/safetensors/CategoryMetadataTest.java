package io.millrace.serde.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.CategoryInput;
import io.millrace.model.CategoryInput.Kind;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.learn.sync.MergedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryMetadataTest {
  private static final List<CategoryInput> FIELDS =
      List.of(new CategoryInput(Kind.HASHED, 50, 3), new CategoryInput(Kind.VOCABULARY, 4, 0));

  @TempDir
  private Path dir;

  private static CategoryIds ids(Map<String, String> metadata) {
    return new CategoryMetadata(metadata, "w").ids(FIELDS);
  }

  @Test
  void theIdsComeBackWithTheWeightsAndOnlyForTheirFields() throws IOException {
    ModelSpec spec = new ModelSpec(
        Cell.LSTM, new InputSpec(0, Set.of(), FIELDS, false), 1, 2, Head.REGRESSION, 0);
    CategoryIds ids = CategoryIds.initial(FIELDS);
    ids = ids.with(1, ids.vocabulary(1).with(List.of("\"b\"", "a,ü")));
    Path file = dir.resolve("w.safetensors");
    MergedWeights weights = MergedWeights.initial(Parameters.initial(spec, 1).toArray());
    WeightsFile.write(file, spec, weights, ids);

    WeightsFile back = WeightsFile.read(file, spec, FIELDS, List.of());

    assertThat(back.parameters().toArray()).isEqualTo(weights.values());
    assertThat(back.ids().vocabulary(1).values()).containsExactly("\"b\"", "a,ü");
    assertThat(back.metadata()).containsEntry("categories", "hashed:50:3,vocabulary:4");
    List<CategoryInput> turned =
        List.of(new CategoryInput(Kind.VOCABULARY, 50, 3), new CategoryInput(Kind.HASHED, 4, 0));
    assertThatThrownBy(() -> WeightsFile.read(file, spec, turned, List.of()))
        .hasMessage("weights file rejected: field=categories, expected=vocabulary:50:3,hashed:4,"
            + " actual=hashed:50:3,vocabulary:4, file=" + file
            + ". Fix the model's settings, or name the file that fits.");
  }

  @Test
  void aFileThatSaysNothingHasNoIdsYet() {
    assertThat(ids(Map.of()).vocabulary(1).values()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          vocabulary.1 | ["a","b","c","d"]  | expected=at most 3 different texts of at most 256 bytes, actual=4, of which 3 are such
          vocabulary.1 | ["a","a"]          | expected=at most 3 different texts of at most 256 bytes, actual=2, of which 1 are such
          vocabulary.1 | ["a"               | expected=a JSON array of texts, actual=something else
          vocabulary.1 | {"a": 1}           | expected=a JSON array of texts, actual=something else
          vocabulary.1 | [null]             | expected=a JSON array of texts, actual=something else
          vocabulary.1 | null               | expected=a JSON array of texts, actual=something else
          vocabulary.0 | ["a"]              | expected=none, for the field is hashed, actual=one
          """)
  void aVocabularyThatCannotBeBelievedIsToldByName(String name, String json, String told) {
    assertThatThrownBy(() -> ids(Map.of(name, json)))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("weights file rejected: field=" + name + ", " + told
            + ", file=w. Fix the model's settings, or name the file that fits.");
  }
}
