package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Extremes;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.SurpriseMoments;
import io.millrace.model.scoring.UsualChange;
import io.millrace.model.scoring.UsualLevel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyStateCodecTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);
  private static final KeyState STATE = new KeyState(
      42,
      1_700_000_000_123L,
      1_700_000_000_456L,
      33,
      new HiddenState(new float[] {0.25f, -0.5f, 0.125f}, new float[] {1.5f, -2.25f, 0.75f}),
      new float[] {1.25f, -0.75f},
      new FeatureMemory(
          new double[] {21.5, -3.5},
          new UsualChange(new double[] {0.5, 0.25}),
          UsualLevel.initial(0),
          new LevelMoments(
              new double[] {20.25, -3.125},
              new double[] {20.5, -3.25},
              new double[] {1.75, 0.0625},
              1.5,
              0.25),
          new Extremes(
              new float[] {18.5f, -4.5f},
              new float[] {23.25f, -2.75f},
              new float[] {19.5f, -4},
              new float[] {22, -3})),
      new SurpriseMoments(41, 0.5, -0.75, 0.375, 2.5, 0.3125, 0.625),
      KeyState.fresh(SPEC).labels());

  private final KeyStateCodec codec = new KeyStateCodec(SPEC);

  @Test
  void aStateComesBackAsItWent() {
    assertThat(codec.decode(codec.encode(STATE))).usingRecursiveComparison().isEqualTo(STATE);
  }

  @Test
  void version2IsWrittenAndReadAsEver() throws IOException {
    byte[] golden = golden("/golden/key-state-v2.hex");

    assertThat(codec.encode(STATE)).isEqualTo(golden);
    assertThat(codec.decode(golden)).usingRecursiveComparison().isEqualTo(STATE);
  }

  @Test
  void version1IsStillRead() throws IOException {
    KeyState state = codec.decode(golden("/golden/key-state-v1.hex"));

    assertThat(state.steps()).isEqualTo(42);
    assertThat(state.hasOpenWindow()).isFalse();
    assertThat(state.surprise()).isEqualTo(new SurpriseMoments(41, 0.5, -0.75, 0.375, 2.5, 0, 0));
    assertThat(state.hidden()).usingRecursiveComparison().isEqualTo(STATE.hidden());
    assertThat(state.features().usual().square()).containsExactly(1.75, 0.0625);
    assertThat(state.input()).containsExactly(0, 0);
    assertThat(state.features().levels().mean()).containsExactly(20.5, -3.25);
    assertThat(state.features().levels().variance()).containsExactly(1.75, 0.0625);
    assertThat(state.features().extremes().low()[1]).isEqualTo(-3.25f - 4 * 0.25f);
    assertThat(state.features().extremes().youngHigh()[1]).isEqualTo(-3.25f + 4 * 0.25f);
    assertThat(state.features().last())
        .containsExactly(20.5 + 0.5 * Math.sqrt(1.75), -3.25 - 1.25 * 0.25);
  }

  private static byte[] golden(String name) throws IOException {
    return HexFormat.of().parseHex(resource(name));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = KeyStateCodecTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,magic",
    "1,magic",
    "2,version",
    "3,encoding",
    "4,checksum",
    "7,checksum",
    "16,checksum",
    "100,checksum"
  })
  void aDamagedByteIsNoticedAndNamed(int offset, String field) {
    byte[] row = codec.encode(STATE);
    row[offset] ^= 0x10;

    assertThatThrownBy(() -> codec.decode(row))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("field=" + field + ",");
  }

  @Test
  void everySingleDamagedByteIsNoticed() {
    byte[] row = codec.encode(STATE);
    for (int at = 0; at < row.length; at++) {
      byte[] damaged = row.clone();
      damaged[at] ^= 0x01;
      assertThatThrownBy(() -> codec.decode(damaged)).isInstanceOf(CorruptStateException.class);
    }
  }

  @Test
  void aCutRowIsNoticedAtEveryLength() {
    byte[] row = codec.encode(STATE);
    for (int length = 0; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CorruptStateException.class);
    }
  }

  @Test
  void anotherModelsRowIsRefusedBySignature() {
    byte[] row = new KeyStateCodec(new ModelSpec(Cell.LSTM, 2, 1, 4, Head.FORECAST))
        .encode(KeyState.fresh(new ModelSpec(Cell.LSTM, 2, 1, 4, Head.FORECAST)));

    assertThatThrownBy(() -> codec.decode(row))
        .hasMessageContaining("field=signature")
        .hasMessageContaining("lstm-1x3-f2-forecast");
  }

  @Test
  void aForgedRowOfVersion1IsRefusedBeforeARootOfItIsTaken() throws IOException {
    byte[] row = golden("/golden/key-state-v1.hex");
    ByteBuffer forged = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    forged.putDouble(KeyStateV1.FEATURES_AT + 16, -4);
    forged.putInt(KeyStateLayout.CHECKSUM_AT, KeyStateCodec.checksum(row));

    assertThatThrownBy(() -> codec.decode(row))
        .hasMessage("state row rejected: field=square of the change, expected=0 to 1.0E300,"
            + " actual=-4.0. The key starts from a fresh state.");
  }

  @Test
  void aForgedRowWithoutFiniteValuesIsRefused() {
    byte[] row = codec.encode(STATE);
    ByteBuffer forged = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    forged.putFloat(row.length - 4, Float.NaN);
    forged.putInt(KeyStateLayout.CHECKSUM_AT, KeyStateCodec.checksum(row));

    assertThatThrownBy(() -> codec.decode(row))
        .hasMessage("state row rejected: field=value at " + (row.length - 4)
            + ", expected=finite, actual=NaN. The key starts from a fresh state.");
  }
}
