package io.millrace.model.category;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.CategoryInput;
import io.millrace.model.CategoryInput.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryIdsTest {
  private static CategoryIds one(Kind kind, int size) {
    return CategoryIds.initial(List.of(new CategoryInput(kind, size, 0)));
  }

  @Test
  void textsGetIdsInTheOrderInWhichTheyCome() {
    Vocabulary vocabulary = Vocabulary.empty(10).with(List.of("b", "a", "b"));

    assertThat(vocabulary.values()).containsExactly("b", "a");
    assertThat(vocabulary.idOf("b")).isEqualTo(1);
    assertThat(vocabulary.idOf("a")).isEqualTo(2);
    assertThat(vocabulary.idOf("c")).isEqualTo(Vocabulary.UNKNOWN);
  }

  @Test
  void anIdNeverChangesWhenTheVocabularyGrows() {
    Vocabulary before = Vocabulary.empty(10).with(List.of("b", "a"));
    Vocabulary after = before.with(List.of("c", "a"));

    assertThat(after.values()).containsExactly("b", "a", "c");
    assertThat(before.values()).containsExactly("b", "a");
    assertThat(after.with(List.of("a", "b"))).isSameAs(after);
  }

  @Test
  void aVocabularyIsBoundedAndZeroIsTheUnknowns() {
    Vocabulary full = Vocabulary.empty(3).with(List.of("a", "b", "c"));

    assertThat(full.values()).containsExactly("a", "b");
    assertThat(full.isFull()).isTrue();
    assertThat(full.idOf("c")).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(full.with(List.of("d"))).isSameAs(full);
  }

  @Test
  void aTextOfMoreThan256BytesStaysUnknown() {
    Vocabulary vocabulary =
        Vocabulary.empty(9).with(List.of("é".repeat(129), "x".repeat(257), "é".repeat(128)));

    assertThat(vocabulary.values()).containsExactly("é".repeat(128));
  }

  @Test
  void aMissingTextIsUnknownWhateverTheKind() {
    for (Kind kind : Kind.values()) {
      assertThat(one(kind, 5).idOf(0, null)).isEqualTo(Vocabulary.UNKNOWN);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 101, 38", "a, 101, 97", "foobar, 65536, 9769", "ü, 2, 1"})
  void aHashIsTheSameForEver(String text, int size, int id) {
    assertThat(one(Kind.HASHED, size).idOf(0, text)).isEqualTo(id);
  }

  @Test
  void hashesSpreadOverAllIdsButTheUnknown() {
    CategoryIds ids = one(Kind.HASHED, 11);
    int[] counts = new int[11];
    IntStream.range(0, 10_000).forEach(n -> counts[ids.idOf(0, "user-" + n)]++);

    assertThat(counts[0]).isZero();
    assertThat(IntStream.range(1, 11).map(id -> counts[id])).allMatch(n -> n > 850 && n < 1150);
  }

  @Test
  void onlyAVocabularyWithRoomCanLearn() {
    CategoryIds growing = one(Kind.VOCABULARY, 2);

    assertThat(growing.canLearn(0, "a")).isTrue();
    assertThat(growing.canLearn(0, "x".repeat(257))).isFalse();
    assertThat(one(Kind.HASHED, 2).canLearn(0, "a")).isFalse();
    assertThat(growing.with(0, growing.vocabulary(0).with(List.of("a"))).canLearn(0, "b"))
        .isFalse();
  }
}
