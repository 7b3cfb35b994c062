package io.millrace.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingConfigTest {
  @TempDir
  private Path dir;

  private String schema;

  @BeforeEach
  void aSchema() throws IOException {
    schema = Files.writeString(
            dir.resolve("reading.avsc"),
            "{\"type\": \"record\", \"name\": \"Reading\", \"fields\": ["
                + "{\"name\": \"temperature\", \"type\": \"double\"}, {\"name\": \"name\", \"type\": \"string\"}]}")
        .toString();
  }

  private static MillraceConfig load(Map<String, String> sets) {
    return MillraceConfig.load(Optional.empty(), Map.of(), sets);
  }

  private static List<String> errors(Map<String, String> sets) {
    return catchThrowableOfType(ConfigErrors.class, () -> load(sets)).errors();
  }

  private static Map<String, String> with(Map<String, String> sets, String name, String value) {
    Map<String, String> more = new HashMap<>(sets);
    more.put(name, value);
    return more;
  }

  private Map<String, String> avro() {
    return Map.of("event.format", "avro", "event.schemas", schema, "event.features", "temperature");
  }

  @Test
  void theModelHasAsManyInputsAsThereAreFeatures() {
    assertThat(load(Map.of("event.format", "json", "event.features", "a, b,c"))
            .modelSpec()
            .features())
        .isEqualTo(3);
  }

  @Test
  void anotherNumberOfInputsIsAnError() {
    assertThat(errors(with(avro(), "model.inputs", "2")))
        .containsExactly("setting=model.inputs: 2, expected 1 as event.features says, or nothing.");
  }

  @Test
  void aMappingThatDoesNotFitItsSchemaIsToldAtStartAllAtOnce() {
    Map<String, String> sets = with(
        with(with(avro(), "event.features", "temprature,name"), "event.key", "nam"),
        "event.time",
        "a..b");

    assertThat(errors(sets))
        .containsExactly(
            "setting=event.time: path \"a..b\" has an empty name. Write it as a.b.c.",
            "setting=event.key, path=nam: no field nam in Reading. There are: name, temperature.",
            "setting=event.features, path=temprature: no field temprature in Reading. There are: temperature, name.",
            "setting=event.features, path=name: field is string, expected int, long, float, double, boolean or decimal.");
  }

  @Test
  void schemasThatCannotBeReadAreToldWithTheirFiles() throws IOException {
    Path empty = Files.createDirectory(dir.resolve("empty"));
    Path text = Files.writeString(dir.resolve("text.avsc"), "text");
    String places = empty + "," + text + "," + dir.resolve("none.avsc") + "," + schema;

    assertThat(errors(with(avro(), "event.schemas", places)))
        .hasSize(3)
        .contains(
            "directory=" + empty + ": no .avsc files in it.",
            "file=" + dir.resolve("none.avsc") + ": no such file.")
        .anyMatch(error -> error.startsWith("file=" + text + ": no Avro schema, "));
  }

  @Test
  void avroNeedsSchemasAndFeatures() {
    assertThat(errors(Map.of("event.format", "avro", "model.inputs", "1")))
        .containsExactly(
            "setting=event.features: empty, expected the fields with the features, comma-separated, or event.categories.",
            "setting=event.schemas: empty, expected the .avsc files of the events' schemas.");
  }

  @Test
  void plainBinaryHasOneSchemaOnly() {
    Map<String, String> two = with(avro(), "event.schemas", schema + "," + dir);

    assertThat(load(two).modelSpec().features()).isEqualTo(1);
    assertThat(errors(with(two, "event.encoding", "binary")))
        .containsExactly(
            "setting=event.schemas: 2 schemas, expected 1 with event.encoding=binary: nothing in the bytes tells them apart.");
  }

  @Test
  void aMappingWithoutItsFormatIsAnError() {
    assertThat(errors(Map.of("event.features", "a", "event.key", "k")))
        .containsExactly(
            "setting=event.key: has no meaning with event.format=millrace.",
            "setting=event.features: has no meaning with event.format=millrace.");
  }

  private static Map<String, String> labelled(String... more) {
    Map<String, String> sets = new HashMap<>(
        Map.of("model.inputs", "1", "model.head", "binary", "topic.labels", "labels"));
    for (int n = 0; n < more.length; n += 2) {
      sets.put(more[n], more[n + 1]);
    }
    return sets;
  }

  @Test
  void aMappingOfLabelsThatDoesNotFitItsSchemaIsToldAtStartWithTheFieldsThatExist() {
    assertThat(errors(labelled(
            "label.format",
            "avro",
            "label.schemas",
            schema,
            "label.key",
            "card",
            "label.id",
            "temperature",
            "label.value",
            "name")))
        .containsExactly(
            "setting=label.key, path=card: no field card in Reading. There are: name, temperature.",
            "setting=label.id, path=temperature: field is double, expected string, enum, int, long, bytes or fixed.",
            "setting=label.value, path=name: field is string, expected int, long, float, double, boolean or decimal.");
  }

  @Test
  void aMappedLabelHasAnIdAndAValue() {
    assertThat(errors(labelled("label.format", "json", "label.encoding", "binary")))
        .containsExactly(
            "setting=label.encoding: has no meaning with label.format=json.",
            "setting=label.id: empty, expected the field with the id of the event that a label speaks of.",
            "setting=label.value: empty, expected the field with the label.");
    assertThat(errors(labelled("label.format", "avro", "label.id", "a", "label.value", "b")))
        .containsExactly(
            "setting=label.schemas: empty, expected the .avsc files of the labels' schemas.");
  }

  @Test
  void aMappingOfLabelsThatNobodyReadsIsAnError() {
    assertThat(errors(labelled("label.id", "a")))
        .containsExactly("setting=label.id: has no meaning with label.format=millrace.");
    assertThat(errors(Map.of("model.inputs", "1", "label.format", "json", "label.id", "a")))
        .containsExactly("setting=label.format: json, has no meaning without topic.labels.");
    assertThat(errors(Map.of("model.inputs", "1", "label.id", "a")))
        .containsExactly("setting=label.id: has no meaning with label.format=millrace.");
  }
}
