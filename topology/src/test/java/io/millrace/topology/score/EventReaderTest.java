package io.millrace.topology.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.CategoryInput;
import io.millrace.model.CategoryInput.Kind;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.scoring.Observation;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  private static final List<CategoryInput> FIELDS =
      List.of(new CategoryInput(Kind.VOCABULARY, 3, 0), new CategoryInput(Kind.HASHED, 2, 0));

  private final List<String> strangers = new ArrayList<>();

  private Observation read(Head head, double feature, List<String> categories, Double label) {
    InputSpec input = new InputSpec(1, Set.of(), FIELDS, false);
    ModelSpec spec = new ModelSpec(Cell.LSTM, input, 1, 2, head, head == Head.CATEGORY ? 3 : 0);
    CategoryIds none = CategoryIds.initial(FIELDS);
    CategoryIds ids = none.with(0, none.vocabulary(0).with(List.of("a")));
    CategoryReader reader = new CategoryReader(
        () -> ids, (field, text, canLearn) -> strangers.add(field + text + canLearn));
    MappedEvent event = new MappedEvent(
        new byte[1],
        Optional.empty(),
        5,
        new double[] {feature},
        categories,
        label == null ? OptionalDouble.empty() : OptionalDouble.of(label),
        false);
    return new EventReader(raw -> event, reader, spec)
        .read(new Record<>(new byte[1], new byte[1], 7))
        .observation();
  }

  @Test
  void textsBecomeIdsAndOnlyThoseWithoutOneAreTold() {
    assertThat(read(Head.CATEGORY, 1, List.of("a", "x"), null).categories()).containsExactly(1, 1);
    assertThat(read(Head.CATEGORY, 1, Arrays.asList(null, null), null).categories())
        .containsExactly(0, 0);
    assertThat(strangers).isEmpty();

    assertThat(read(Head.CATEGORY, 1, List.of("b", "x"), null).categories()).containsExactly(0, 1);
    assertThat(read(Head.CATEGORY, 1, List.of("x".repeat(300), "x"), null).categories())
        .containsExactly(0, 1);
    assertThat(strangers).containsExactly("0btrue", "0" + "x".repeat(300) + "false");
  }

  @Test
  void aLabelIsForTheHeadsThatPredictOne() {
    assertThat(read(Head.BINARY, 1, List.of("a", "x"), 1.0).label()).hasValue(1);
    assertThat(read(Head.REGRESSION, 1, List.of("a", "x"), -7.5).label()).hasValue(-7.5);
    assertThat(read(Head.REGRESSION, 1, List.of("a", "x"), null).label()).isEmpty();
    assertThat(read(Head.CATEGORY, 1, List.of("a", "x"), Double.NaN).label()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
          BINARY     | 1   | 2 | 0.5      | WRONG_TYPE  | field=label, expected=0 or 1, actual=0.5. Send a boolean, or set model.head=regression.
          BINARY     | 1   | 2 | NaN      | NON_FINITE  | field=label, actual=NaN. Send finite numbers only.
          REGRESSION | 1   | 2 | Infinity | NON_FINITE  | field=label, actual=Infinity. Send finite numbers only.
          FORECAST   | 1   | 3 | null     | WRONG_WIDTH | field=categories, expected=2, actual=3. Send as many as model.categories says.
          REGRESSION | 1   | 2 | -2e150   | NON_FINITE  | field=label, expected=within 1.0E150, actual=-2.0E150. Its square is not finite; send it in another unit.
          FORECAST   | 1e200 | 2 | null   | NON_FINITE  | field=features[0], expected=within 1.0E150, actual=1.0E200. Its square is not finite; send it in another unit.
          FORECAST   | NaN | 2 | null     | NON_FINITE  | field=features[0], actual=NaN. Send finite numbers only.
          """)
  void whatCannotBeScoredIsRefusedByNameAndAsksForNothing(
      Head head, double feature, int categories, Double label, Reason reason, String facts) {
    List<String> texts = List.of("new", "x", "y").subList(0, categories);

    BadEventException refusal =
        catchThrowableOfType(BadEventException.class, () -> read(head, feature, texts, label));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessage("event rejected: " + facts);
    assertThat(strangers).isEmpty();
  }
}
