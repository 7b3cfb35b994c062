package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Extremes;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LabelMemory;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.Spread;
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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStateVersion3Test {
  private static final List<CategoryInput> CATEGORIES =
      List.of(new CategoryInput(5, 0), new CategoryInput(9, 4));

  /** A model of each head whose rows are of version 3, and a state of it. */
  enum Case {
    FORECAST(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), CATEGORIES, false), 1, 2, Head.FORECAST, 0),
        new float[] {1.25f, 4, 7}),
    CATEGORY(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), CATEGORIES, false), 1, 2, Head.CATEGORY, 5),
        new float[] {1.25f, -0.5f, 4, 7}),
    BINARY(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), CATEGORIES, true), 1, 2, Head.BINARY, 0),
        new float[0]),
    REGRESSION(
        new ModelSpec(
            Cell.LSTM, new InputSpec(1, Set.of(), List.of(), true), 1, 2, Head.REGRESSION, 0),
        new float[0]);

    private final ModelSpec spec;
    private final KeyState state;

    Case(ModelSpec spec, float[] input) {
      this.spec = spec;
      this.state = new KeyState(
          42,
          1_700_000_000_123L,
          1_700_000_000_456L,
          33,
          new HiddenState(new float[] {0.25f, -0.5f}, new float[] {1.5f, -2.25f}),
          input,
          spec.head() == Head.FORECAST ? judged() : shown(),
          new SurpriseMoments(41, 0.5, -0.75, 0.375, 2.5, 0.3125, 0.625),
          labels(spec));
    }

    private static FeatureMemory judged() {
      return new FeatureMemory(
          new double[] {21.5},
          new UsualChange(new double[] {0.5}),
          UsualLevel.initial(0),
          new LevelMoments(
              new double[] {20.25}, new double[] {20.5}, new double[] {1.75}, 1.5, 0.25),
          new Extremes(
              new float[] {18.5f}, new float[] {23.25f}, new float[] {19.5f}, new float[] {22}));
    }

    private static FeatureMemory shown() {
      return new FeatureMemory(
          new double[] {21.5},
          new UsualChange(new double[] {0.5}),
          new UsualLevel(new double[] {20.5}, new double[] {1.75}),
          LevelMoments.initial(0),
          Extremes.initial(0));
    }

    private static LabelMemory labels(ModelSpec spec) {
      boolean fedBack = spec.input().labelFeedback();
      boolean counted = spec.head() == Head.REGRESSION;
      return new LabelMemory(
          fedBack ? 40 : LabelMemory.NO_STEP,
          fedBack ? 1_700_000_000_100L : 0,
          fedBack ? 1 : 0,
          spec.head() == Head.BINARY ? new float[] {3, 8} : new float[0],
          counted ? 17 : 0,
          counted ? new Spread(12.5, 2.25) : Spread.NONE);
    }

    private KeyStateCodec codec() {
      return new KeyStateCodec(spec);
    }

    private byte[] golden() throws IOException {
      String name = "/golden/key-state-v3-" + name().toLowerCase(Locale.ROOT) + ".hex";
      try (InputStream in = KeyStateVersion3Test.class.getResourceAsStream(name)) {
        return HexFormat.of()
            .parseHex(
                new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStateIsWrittenAndReadAsEver(Case of) throws IOException {
    assertThat(of.codec().encode(of.state)).isEqualTo(of.golden());
    assertThat(of.codec().decode(of.golden())).usingRecursiveComparison().isEqualTo(of.state);
  }

  @ParameterizedTest
  @EnumSource
  void aFreshStateComesBackAsItWent(Case of) {
    KeyState fresh = KeyState.fresh(of.spec);

    assertThat(of.codec().decode(of.codec().encode(fresh)))
        .usingRecursiveComparison()
        .isEqualTo(fresh);
  }

  @ParameterizedTest
  @EnumSource
  void everySingleDamagedByteIsNoticed(Case of) {
    byte[] row = of.codec().encode(of.state);
    for (int at = 0; at < row.length; at++) {
      byte[] damaged = row.clone();
      damaged[at] ^= 0x01;
      assertThatThrownBy(() -> of.codec().decode(damaged))
          .isInstanceOf(CorruptStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCutRowIsNoticedAtEveryLength(Case of) {
    byte[] row = of.codec().encode(of.state);
    for (int length = 0; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      assertThatThrownBy(() -> of.codec().decode(cut)).isInstanceOf(CorruptStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowOfAnEarlierVersionIsNotTakenForOne(Case of) {
    byte[] row = of.codec().encode(of.state);
    for (byte version = 0; version < KeyStateLayout.VERSION; version++) {
      row[KeyStateLayout.VERSION_AT] = version;
      assertThatThrownBy(() -> of.codec().decode(row))
          .hasMessage("state row rejected: field=version, expected=3, actual=" + version
              + ". The key starts from a fresh state.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForgedRowWithoutFiniteValuesIsRefused(Case of) {
    KeyStateLayout layout = new KeyStateLayout(of.spec);
    for (int at : new int[] {KeyStateLayout.SURPRISE_AT, layout.doublesAt, layout.floatsAt - 8}) {
      byte[] row = of.codec().encode(of.state);
      forged(row).putDouble(at, Double.NaN);
      forged(row).putInt(KeyStateLayout.CHECKSUM_AT, checksum(row));
      assertThatThrownBy(() -> of.codec().decode(row)).hasMessageContaining("value at " + at);
    }
    for (int at : new int[] {layout.floatsAt, layout.size - 4}) {
      byte[] row = of.codec().encode(of.state);
      forged(row).putFloat(at, Float.POSITIVE_INFINITY);
      forged(row).putInt(KeyStateLayout.CHECKSUM_AT, checksum(row));
      assertThatThrownBy(() -> of.codec().decode(row)).hasMessageContaining("value at " + at);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FORECAST, 1, 5",
    "FORECAST, 2, 9",
    "CATEGORY, 2, 5",
    "CATEGORY, 3, 9",
    "BINARY, 4, 5",
    "BINARY, 5, 9",
  })
  void aForgedRowWithAnIdThatNoFieldHasIsRefused(Case of, int column, int size) {
    int at = new KeyStateLayout(of.spec).floatsAt + Float.BYTES * column;
    for (float id : new float[] {-1, 0, size - 1}) {
      assertThatCode(() -> of.codec().decode(rowWith(of, at, id))).doesNotThrowAnyException();
    }
    for (float id : new float[] {-2, -0.5f, 0.5f, size, 1e9f}) {
      assertThatThrownBy(() -> of.codec().decode(rowWith(of, at, id)))
          .isInstanceOf(CorruptStateException.class)
          .hasMessage("state row rejected: field=id at " + at + ", expected=-1.." + (size - 1)
              + ", actual=" + id + ". The key starts from a fresh state.");
    }
  }

  private static byte[] rowWith(Case of, int at, float id) {
    byte[] row = of.codec().encode(of.state);
    forged(row).putFloat(at, id);
    forged(row).putInt(KeyStateLayout.CHECKSUM_AT, checksum(row));
    return row;
  }

  private static ByteBuffer forged(byte[] row) {
    return ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] row) {
    return KeyStateCodec.checksum(row);
  }
}
