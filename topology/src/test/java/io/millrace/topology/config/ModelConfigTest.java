package io.millrace.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.model.CategoryInput;
import io.millrace.model.CategoryInput.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
  private static final Map<String, String> JSON = Map.of("event.format", "json");

  private static MillraceConfig load(Map<String, String> first, String... settings) {
    Map<String, String> sets = new HashMap<>(first);
    for (int n = 0; n < settings.length; n += 2) {
      sets.put(settings[n], settings[n + 1]);
    }
    return MillraceConfig.load(Optional.empty(), Map.of(), sets);
  }

  private static List<String> errors(Map<String, String> first, String... settings) {
    return catchThrowableOfType(ConfigErrors.class, () -> load(first, settings)).errors();
  }

  @Test
  void everyInputStandsInTheModelsName() {
    MillraceConfig config = load(
        JSON,
        "event.features",
        "amount",
        "event.categories",
        "shop,country",
        "event.label",
        "fraud",
        "model.categories",
        "hashed:4096:16, vocabulary:300",
        "model.builtins",
        "day-of-week,time-gap",
        "model.label.feedback",
        "true",
        "model.head",
        "binary");

    assertThat(config.modelSpec().signature())
        .isEqualTo("lstm-1x64-f1-gap-day-h4096e16-c300-feedback-binary");
    assertThat(config.categoryFields())
        .containsExactly(
            new CategoryInput(Kind.HASHED, 4096, 16), new CategoryInput(Kind.VOCABULARY, 300, 0));
  }

  @Test
  void categoriesAloneHaveAVocabularyOfAThousandAndNoFeatures() {
    MillraceConfig config = load(JSON, "event.categories", "code", "model.head", "category");

    assertThat(config.modelSpec().signature()).isEqualTo("lstm-1x64-f0-c1024-category1024");
  }

  @Test
  void ourOwnEventsNeedNoMapping() {
    MillraceConfig config = load(
        Map.of(),
        "model.inputs",
        "0",
        "model.categories",
        "vocabulary:28",
        "model.head",
        "category");

    assertThat(config.modelSpec().classes()).isEqualTo(28);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "words",
        "vocabulary",
        "vocabulary:1",
        "vocabulary:65537",
        "hashed:10:0",
        "hashed:10:1025",
        "hashed:-3",
        "hashed:10:5:2"
      })
  void aFieldThatIsNoneIsRefusedWithWhatItShouldBe(String text) {
    assertThat(errors(JSON, "event.categories", "a", "model.categories", text))
        .containsExactly("setting=model.categories: Invalid value " + text
            + " for configuration model.categories: expected vocabulary:SIZE or hashed:SIZE, where SIZE is 2 to 65536, and"
            + " behind it, for an embedding, its length, :1 to :1024");
  }

  @Test
  void settingsThatDoNotGoTogetherAreToldAtOnce() {
    assertThat(errors(
            JSON,
            "event.features",
            "x",
            "event.label",
            "y",
            "model.head",
            "category",
            "window.idle",
            "2h",
            "state.ttl",
            "1h"))
        .hasSize(3)
        .contains(
            "setting=model.head: category, expected another without event.categories or model.categories, the first of which"
                + " it predicts.",
            "setting=event.label: has no meaning with model.head=category.");
    assertThat(errors(
            JSON,
            "event.features",
            "x",
            "event.categories",
            "a,b",
            "model.categories",
            "hashed:9",
            "model.head",
            "regression"))
        .containsExactly(
            "setting=model.categories: 1 fields, expected 2 as event.categories says, or nothing.",
            "setting=event.label: empty, expected the field with the label, or topic.labels, for model.head=regression.");
  }

  @Test
  void labelsThatComeByATopicNeedNoField() {
    MillraceConfig config = load(
        JSON,
        "event.features",
        "x",
        "event.id",
        "order",
        "model.head",
        "binary",
        "topic.labels",
        "labels",
        "label.wait",
        "7d");

    assertThat(config.modelSpec().signature()).isEqualTo("lstm-1x64-f1-binary");
    assertThat(config.requiredTopics()).contains("labels");
    assertThat(config.scoreSettings().windows().orElseThrow().labelWait()).hasValue(604_800_000L);
  }

  @Test
  void labelsThatNobodyCouldUseAreRefused() {
    assertThat(
            errors(JSON, "event.features", "x", "topic.labels", "labels", "learn.enabled", "false"))
        .containsExactly(
            "setting=topic.labels: labels, has no meaning with model.head=forecast.",
            "setting=event.id: empty, expected the field by which the labels of topic.labels name an event.",
            "setting=topic.labels: labels, expected none with learn.enabled=false: a label is joined to a window, and none are"
                + " kept.");
    assertThat(errors(Map.of("model.inputs", "1", "label.wait", "90d")))
        .containsExactly(
            "setting=label.wait: 7776000000 ms, has no meaning without topic.labels.",
            "setting=label.wait: 7776000000 ms, must with window.idle be shorter than state.ttl, 7776000000 ms: a forgotten key has"
                + " no use for labels.");
    assertThat(errors(Map.of("model.inputs", "1", "label.wait", "soon")))
        .containsExactly(
            "setting=label.wait: Invalid value soon for configuration label.wait: expected a duration such as 0s, 500ms, 30s, 5m,"
                + " 12h or 7d");
  }

  @Test
  void onlyALabelCanBeFedBack() {
    assertThat(errors(Map.of("model.inputs", "1", "model.label.feedback", "true")))
        .containsExactly(
            "model rejected: field=head, actual=FORECAST, expected=one of BINARY, REGRESSION, for label feedback.");
  }

  @Test
  void aModelOfMoreParametersThanAnArrayHoldsIsRefused() {
    assertThat(errors(
            JSON,
            "event.categories",
            "a",
            "model.categories",
            "hashed:65536",
            "model.hidden",
            "8192",
            "model.head",
            "category"))
        .containsExactly(
            "model rejected: field=parameters, actual=more than 2147483647, expected=fewer. Make it smaller, or give its"
                + " categories an embedding.");
  }
}
