package io.millrace.serde.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventMapperTest {
  private static final EventMapper FULL = new JsonEventMapper(new Mapping(
      Source.EVENT,
      path("card.number"),
      path("at"),
      TimeUnit.SECONDS,
      path("id"),
      Stream.of("amount", "place.abroad").map(FieldPath::parse).toList(),
      Stream.of("shop", "place.country").map(FieldPath::parse).toList(),
      path("fraud"),
      path("last")));

  private static Optional<FieldPath> path(String text) {
    return Optional.of(FieldPath.parse(text));
  }

  private static RawEvent raw(String json) {
    return new RawEvent(
        new byte[] {9}, json.getBytes(StandardCharsets.UTF_8), 77, new RecordHeaders());
  }

  @Test
  void everyMappedFieldIsTaken() {
    MappedEvent event = FULL.map(
        raw(
            "{\"card\": {\"number\": \"4-ü\"}, \"at\": 1700000000.25, \"id\": 12, \"amount\": 1e2,"
                + " \"place\": {\"abroad\": true, \"country\": 41}, \"shop\": \"a b\", \"fraud\": true, \"last\": true, \"other\": [1, {}]}"));

    assertThat(new String(event.key(), StandardCharsets.UTF_8)).isEqualTo("4-ü");
    assertThat(event.time()).isEqualTo(1700000000250L);
    assertThat(event.id()).contains("12");
    assertThat(event.features()).containsExactly(100, 1);
    assertThat(event.categories()).containsExactly("a b", "41");
    assertThat(event.label()).hasValue(1);
    assertThat(event.end()).isTrue();
  }

  @Test
  void withoutPathsKeyAndTimeAreTheRecordsOwn() {
    EventMapper mapper = new JsonEventMapper(new Mapping(
        Source.EVENT,
        Optional.empty(),
        Optional.empty(),
        TimeUnit.MILLISECONDS,
        Optional.empty(),
        List.of(FieldPath.parse("x")),
        List.of(),
        Optional.empty(),
        Optional.empty()));

    MappedEvent event = mapper.map(raw("{\"x\": 1}"));

    assertThat(event.key()).isEqualTo(new byte[] {9});
    assertThat(event.time()).isEqualTo(77);
    assertThat(event.id()).isEmpty();
    assertThat(event.end()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"shop\": null, \"fraud\": null"})
  void categoriesAndLabelsMayBeNullOrMissing(String fields) {
    MappedEvent event = FULL.map(raw(
        "{\"card\": {\"number\": \"k\"}, \"at\": 1, \"amount\": 1, \"place\": {\"abroad\": 0, \"country\": false}"
            + fields + "}"));

    assertThat(event.categories()).containsExactly(null, "false");
    assertThat(event.label()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"card":                                                                                    | UNDECODABLE
      [1, 2]                                                                                      | UNDECODABLE
      {"card": {"number": "k"}, "at": 1, "amount": 1, "place": {"abroad": 0}} {}                  | UNDECODABLE
      {"card": {"number": null}, "at": 1, "amount": 1, "place": {"abroad": 0}}                    | NULL_KEY
      {"card": "k", "at": 1, "amount": 1, "place": {"abroad": 0}}                                 | MISSING_FIELD
      {"card": {"number": 1.5}, "at": 1, "amount": 1, "place": {"abroad": 0}}                     | WRONG_TYPE
      {"card": {"number": "k"}, "at": "yesterday", "amount": 1, "place": {"abroad": 0}}           | WRONG_TYPE
      {"card": {"number": "k"}, "at": 1e300, "amount": 1, "place": {"abroad": 0}}                 | WRONG_TYPE
      {"card": {"number": "k"}, "at": 1, "amount": "1", "place": {"abroad": 0}}                   | WRONG_TYPE
      {"card": {"number": "k"}, "at": 1, "amount": null, "place": {"abroad": 0}}                  | NULL_FIELD
      {"card": {"number": "k"}, "at": 1, "amount": 1, "place": {}}                                | MISSING_FIELD
      {"card": {"number": "k"}, "at": 1, "amount": 1, "place": {"abroad": 0}, "last": 1}          | WRONG_TYPE
      {"card": {"number": "k"}, "at": 1, "amount": 1, "place": {"abroad": 0}, "shop": 1.5}        | WRONG_TYPE
      {"card": {"number": "k"}, "at": 1, "amount": 1, "place": {"abroad": 0}, "fraud": "yes"}     | WRONG_TYPE
      """)
  void whatCannotBeTakenIsRejectedByReason(String json, Reason reason) {
    BadEventException rejection =
        catchThrowableOfType(BadEventException.class, () -> FULL.map(raw(json)));

    assertThat(rejection.reason()).isEqualTo(reason);
  }

  @Test
  void aRejectionSaysWhatWasThere() {
    assertThat(catchThrowableOfType(
            BadEventException.class,
            () -> FULL.map(raw("{\"card\": {\"number\": \"k\"}, \"at\": 1, \"amount\": \"12\"}"))))
        .hasMessage(
            "event rejected: field=amount, expected=a number or a boolean, actual=\"12\". Correct the sender, or the"
                + " mapping.");
  }
}
