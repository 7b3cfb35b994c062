package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.CategoryInput;
import io.millrace.model.CategoryInput.Kind;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import io.millrace.schemas.NewValues;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyCodecTest {
  private static final List<CategoryInput> FIELDS =
      List.of(new CategoryInput(Kind.VOCABULARY, 3000, 4), new CategoryInput(Kind.HASHED, 50, 0));
  private static final ModelSpec SPEC = new ModelSpec(
      Cell.LSTM, new InputSpec(0, Set.of(), FIELDS, false), 1, 4, Head.CATEGORY, 3000);

  private final VocabularyCodec codec = new VocabularyCodec(SPEC, FIELDS);
  private final NewValuesCodec requests = new NewValuesCodec(SPEC, FIELDS);

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "text-" + n).toList();
  }

  private static Vocabulary vocabulary(int texts) {
    return Vocabulary.empty(3000).with(texts(0, texts));
  }

  private static byte[] record(String signature, int field, int part, List<String> values) {
    return AvroSerde.of(io.millrace.schemas.Vocabulary.class)
        .encode(new io.millrace.schemas.Vocabulary(signature, field, part, values));
  }

  private CategoryIds read(CategoryIds before, byte[] part) {
    return codec.decode(part).appliedTo(before);
  }

  private static CategoryIds nothing() {
    return CategoryIds.initial(FIELDS);
  }

  @Test
  void aVocabularyComesBackAsItWentPartByPart() {
    CategoryIds ids = nothing();
    for (int part = 0; part < 3; part++) {
      ids = read(ids, codec.encode(0, part, vocabulary(2500)));
    }

    assertThat(ids.vocabulary(0).values()).isEqualTo(texts(0, 2500));
    assertThat(ids.idOf(0, "text-2499")).isEqualTo(2500);
  }

  @Test
  void whatIsOlderOrComesAgainChangesNothing() {
    CategoryIds ids = read(nothing(), codec.encode(0, 0, vocabulary(20)));

    assertThat(read(ids, codec.encode(0, 0, vocabulary(7)))).isSameAs(ids);
    assertThat(read(ids, codec.encode(0, 0, vocabulary(20)))).isSameAs(ids);
    assertThat(read(ids, codec.encode(0, 0, vocabulary(21))).vocabulary(0).values())
        .hasSize(21);
  }

  @Test
  void theLongestTextsOfAPartStayBelowTheRecordLimit() {
    List<String> longest = IntStream.range(0, 1024)
        .mapToObj(n -> String.format("%04d", n) + "x".repeat(252))
        .toList();

    assertThat(codec.encode(0, 0, Vocabulary.empty(3000).with(longest)).length)
        .isLessThan(1_048_576 / 2);
  }

  @Test
  void whatCannotBeBelievedIsRefusedByName() {
    String own = SPEC.signature();
    assertRefused(
        record("gru-1x4", 0, 0, List.of("a")),
        "field=signature, expected=" + own + ", actual=gru-1x4.");
    assertRefused(record(own, 2, 0, List.of("a")), "field=field, expected=0 to 1, actual=2.");
    assertRefused(record(own, -1, 0, List.of("a")), "field=field, expected=0 to 1, actual=-1.");
    assertRefused(
        record(own, 1, 0, List.of("a")),
        "field=kind of field 1, expected=hashed, actual=vocabulary.");
    assertRefused(record(own, 0, 3, List.of("a")), "field=part, expected=0 to 2, actual=3.");
    assertRefused(record(own, 0, -1, List.of("a")), "field=part, expected=0 to 2, actual=-1.");
    assertRefused(record(own, 0, 0, List.of()), "field=values, expected=1 to 1024, actual=0.");
    assertRefused(record(own, 0, 2, texts(0, 952)), "field=values, expected=1 to 951, actual=952.");
    assertRefused(
        record(own, 0, 0, List.of("a", "x".repeat(300))),
        "field=length of value 1, expected=at most 256 bytes, actual=300 characters.");
    assertThatThrownBy(() -> codec.decode(null))
        .hasMessage("vocabulary rejected: field=value, expected=texts, actual=null.");
  }

  private void assertRefused(byte[] bytes, String facts) {
    assertThatThrownBy(() -> codec.decode(bytes)).hasMessage("vocabulary rejected: " + facts);
  }

  @Test
  void anIdNeverChangesItsTextAndNoneIsLeftOut() {
    CategoryIds ids = read(nothing(), codec.encode(0, 0, vocabulary(3)));
    String own = SPEC.signature();

    assertThat(catchThrowableOfType(
            UnusableVocabularyException.class,
            () -> read(ids, record(own, 0, 0, List.of("text-0", "other", "text-2", "text-3")))))
        .hasMessage("vocabulary rejected: field=id 2 of field 0, expected=text-1, actual=other.")
        .matches(UnusableVocabularyException::isForeign);
    assertThatThrownBy(() -> read(ids, record(own, 0, 1, List.of("a"))))
        .hasMessage("vocabulary rejected: field=part of field 0, expected=at most 0, actual=1.");
    assertThatThrownBy(() ->
            read(ids, record(own, 0, 0, List.of("text-0", "text-1", "text-2", "a", "text-1"))))
        .hasMessage(
            "vocabulary rejected: field=values of field 0, expected=5 different ones, actual=4.");
  }

  @Test
  void requestsComeBackAsTheyWentAndAreRefusedLikewise() {
    NewValues back = requests.decode(requests.encode(0, List.of("a", "ü")));

    assertThat(back.getField()).isZero();
    assertThat(back.getValues()).containsExactly("a", "ü");
    assertThatThrownBy(() -> requests.decode(requests.encode(0, texts(0, 1025))))
        .hasMessage("vocabulary rejected: field=values, expected=1 to 1024, actual=1025.");
    assertThatThrownBy(() -> requests.decode(requests.encode(7, List.of("a"))))
        .hasMessage("vocabulary rejected: field=field, expected=0 to 1, actual=7.");
  }

  @Test
  void damagedBytesAreRefusedWhateverWasDamaged() {
    Random random = new Random(5);
    byte[] good = codec.encode(0, 0, vocabulary(40));
    for (int n = 0; n < 5000; n++) {
      byte[] bad = good.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(read(nothing(), bad).vocabulary(0).values().size()).isBetween(1, 40);
      } catch (UndecodableException | UnknownSchemaException | UnusableVocabularyException e) {
        assertThat(e).hasMessageContaining("rejected");
      }
    }
  }
}
