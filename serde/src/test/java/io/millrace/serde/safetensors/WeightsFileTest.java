package io.millrace.serde.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.BuiltIn;
import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.serde.ParameterParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsFileTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 1, 1, 1, Head.FORECAST);
  private static final MergedWeights WEIGHTS =
      new MergedWeights(57, ramp(), Map.of(0, 31L), 123_456, -0.75, Rollback.NONE);
  private static final int HEADER_AT = 8;

  @TempDir
  private Path dir;

  private static float[] ramp() {
    float[] values = new float[21];
    for (int n = 0; n < values.length; n++) {
      values[n] = 0.25f * n - 1;
    }
    return values;
  }

  private static WeightsFile decode(byte[] bytes) {
    return WeightsFile.decode(bytes, "w", SPEC, List.of(), List.of());
  }

  private static byte[] bytes() {
    return WeightsFile.encode(SPEC, WEIGHTS, CategoryIds.initial(List.of()));
  }

  @Test
  void aVersionComesBackAsItWent() throws IOException {
    Path file = dir.resolve("model.safetensors");
    WeightsFile.write(file, SPEC, WEIGHTS);

    WeightsFile back = WeightsFile.read(file, SPEC, List.of());

    assertThat(back.parameters().toArray()).isEqualTo(WEIGHTS.values());
    assertThat(back.checksum()).isEqualTo(ParameterParts.of(WEIGHTS.values()).checksum());
    assertThat(back.metadata())
        .containsOnly(
            Map.entry("format", "pt"),
            Map.entry("signature", "lstm-1x1-f1-forecast"),
            Map.entry("version", "57"),
            Map.entry("stepsLearned", "123456"),
            Map.entry("loss", "-0.75"));
    try (var files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static ModelSpec withCategories() {
    List<CategoryInput> categories = List.of(new CategoryInput(3, 0), new CategoryInput(4, 2));
    InputSpec input = new InputSpec(0, Set.of(BuiltIn.TIME_GAP), categories, false);
    return new ModelSpec(Cell.LSTM, input, 1, 2, Head.BINARY);
  }

  @Test
  void embeddingsTravelUnderTheNamesThatTheyHaveInPyTorch() {
    ModelSpec spec = withCategories();
    float[] values = Parameters.initial(spec, 1).toArray();
    byte[] bytes =
        WeightsFile.encode(spec, MergedWeights.initial(values), CategoryIds.initial(List.of()));

    assertThat(Safetensors.parse(bytes, "w").shape("embedding_1.weight")).containsExactly(4L, 2L);
    assertThat(WeightsFile.decode(bytes, "w", spec, List.of(), List.of())
            .parameters()
            .toArray())
        .isEqualTo(values);
  }

  @Test
  void aFileWithoutTheTablesIsRefusedByTheirNames() {
    byte[] bytes = Safetensors.write(Map.of(), Map.of());

    assertThatThrownBy(() -> WeightsFile.decode(bytes, "w", withCategories(), List.of(), List.of()))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("missing [bias_hh_l0, bias_ih_l0, embedding_1.weight, head.bias, "
            + "head.weight, weight_hh_l0, weight_ih_l0], foreign []");
  }

  @Test
  void theFileIsWrittenAndReadAsEver() throws IOException {
    byte[] golden;
    try (InputStream in = getClass().getResourceAsStream("/golden/weights-f32.safetensors")) {
      golden = in.readAllBytes();
    }

    assertThat(bytes()).isEqualTo(golden);
    assertThat(decode(golden).parameters().toArray()).isEqualTo(WEIGHTS.values());
  }

  @Test
  void aCutFileIsNoticedAtEveryLength() {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(UnusableFileException.class);
    }
  }

  @Test
  void bytesBehindTheDataAreNotPassedOver() {
    byte[] longer = Arrays.copyOf(bytes(), bytes().length + 1);

    assertThatThrownBy(() -> decode(longer))
        .hasMessage("weights file rejected: field=length of the data, expected=84, actual=85,"
            + " file=w. Write it anew; it is no whole safetensors file.");
  }

  @ParameterizedTest
  @CsvSource({"-1,18446744073709551615", "9223372036854775807,9223372036854775807"})
  void aHeaderLongerThanTheFileIsNeverAllocated(long length, String told) {
    byte[] forged = bytes();
    ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);

    assertThatThrownBy(() -> decode(forged))
        .hasMessageStartingWith("weights file rejected: field=length of the header, expected=0 to "
            + (forged.length - HEADER_AT) + ", actual=" + told);
  }

  /** The same header with one thing wrong, and what is told. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"__metadata__"        | ["__metadata__"          | field=header
          "weight_ih_l0":{       | "bias_hh_l0":{           | field=header, expected=a JSON object, actual=Duplicate
          "version":"57"         | "version":57             | field=__metadata__.version, expected=text
          lstm-1x1-f1-forecast   | lstm-1x2-f1-forecast     | field=signature, expected=lstm-1x1-f1-forecast
          "dtype":"F32"          | "dtype":"I32"            | field=weight_ih_l0.dtype
          "shape":[4,1]          | "shape":[4,2]            | field=weight_ih_l0.data_offsets, expected=32 bytes
          "shape":[4,1]          | "shape":[1,4]            | field=weight_ih_l0.shape, expected=[4, 1], actual=[1, 4]
          "shape":[4,1]          | "shape":[-4,1]           | field=weight_ih_l0.shape, expected=numbers from 0
          "shape":[4,1]          | "shape":4                | field=weight_ih_l0.shape, expected=numbers from 0
          "shape":[4,1]          | "shape":[4611686018427387904,8] | field=weight_ih_l0.shape, expected=at most
          [16,32]                | [0,16]                   | field=weight_hh_l0.data_offsets, expected=from 16, actual=from 0
          [16,32]                | [32,16]                  | field=weight_hh_l0.data_offsets, expected=16 bytes
          [16,32]                | [20,36]                  | field=weight_hh_l0.data_offsets, expected=from 16, actual=from 20
          [16,32]                | [16]                     | field=weight_hh_l0.data_offsets, expected=two numbers
          [16,32]                | [16,3e1]                 | field=weight_hh_l0.data_offsets, expected=numbers from 0
          "head.bias"            | "tail.bias"              | missing [head.bias], foreign [tail.bias]
          """)
  void oneWrongThingInTheHeaderIsToldByName(String right, String wrong, String told) {
    assertThatThrownBy(() -> decode(withHeader(right, wrong)))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining(told)
        .hasMessageContaining(", file=w. ");
  }

  private static byte[] withHeader(String right, String wrong) {
    ByteBuffer file = ByteBuffer.wrap(bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) file.getLong();
    String header = new String(file.array(), HEADER_AT, length, UTF_8);
    assertThat(header).contains(right);
    int at = header.indexOf(right);
    byte[] forged =
        (header.substring(0, at) + wrong + header.substring(at + right.length())).getBytes(UTF_8);
    byte[] data = Arrays.copyOfRange(file.array(), HEADER_AT + length, file.capacity());
    return ByteBuffer.allocate(HEADER_AT + forged.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(forged.length)
        .put(forged)
        .put(data)
        .array();
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void aValueThatIsNotFiniteIsToldByItsPlace(float value) {
    byte[] poisoned = bytes();
    ByteBuffer.wrap(poisoned)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(poisoned.length - 3 * Float.BYTES, value);

    assertThatThrownBy(() -> decode(poisoned))
        .hasMessageStartingWith(
            "weights file rejected: field=head.bias at 0, expected=a finite float, actual="
                + value);
  }

  /** Values that show every kind of a half: normal, subnormal, the largest, and signed zero. */
  @Test
  void everyKindOfHalfIsItsOwnValue() {
    short[] halves = {0x3c00, (short) 0xc000, 0x7bff, 0x0400, 0x03ff, 0x0001, (short) 0x8000};
    float[] values = {1, -2, 65504, 0x1p-14f, 1023 * 0x1p-24f, 0x1p-24f, -0f};
    ByteBuffer data = ByteBuffer.allocate(2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
    for (short half : halves) {
      data.putShort(half);
    }
    for (int n = 0; n < values.length; n++) {
      assertThat(Float.floatToRawIntBits(Dtype.F16.at(data, 2 * n)))
          .as("half %04x", halves[n])
          .isEqualTo(Float.floatToRawIntBits(values[n]));
    }
  }

  @Test
  void aFileThatIsNotThereIsToldAsSuch() {
    assertThatThrownBy(() -> WeightsFile.read(dir.resolve("none"), SPEC, List.of()))
        .hasMessage("weights file rejected: field=file, expected=a file, actual=none, file="
            + dir.resolve("none") + ". Name one that is there.");
  }
}
