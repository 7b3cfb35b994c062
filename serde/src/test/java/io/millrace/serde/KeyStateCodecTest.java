package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStateCodecTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);
  private static final KeyState OLD_STATE = state(new double[] {0.5, 0.25}, 1.75);

  /** Whose mean squares have roots that a float holds, and whose h and c a half. */
  private static final KeyState STATE = state(new double[] {0.25, 2.25}, 1.5625);

  private static final KeyState KEPT = STATE.withKept(new byte[] {1, -2, 3});

  private final KeyStateCodec codec = new KeyStateCodec(SPEC, StateEncoding.F32);

  private static KeyState state(double[] squares, double variance) {
    return new KeyState(
        42,
        1_700_000_000_123L,
        1_700_000_000_456L,
        33,
        new HiddenState(new float[] {0.25f, -0.5f, 0.125f}, new float[] {1.5f, -2.25f, 0.75f}),
        new float[] {1.25f, -0.75f},
        new FeatureMemory(
            new double[] {21.5, -3.5},
            new UsualChange(squares),
            UsualLevel.initial(0),
            new LevelMoments(
                new double[] {20.25, -3.125},
                new double[] {20.5, -3.25},
                new double[] {variance, 0.0625},
                1.5,
                0.25),
            new Extremes(
                new float[] {18.5f, -4.5f},
                new float[] {23.25f, -2.75f},
                new float[] {19.5f, -4},
                new float[] {22, -3})),
        new SurpriseMoments(41, 0.5, -0.75, 0.375, 2.5, 0.3125, 0.625),
        KeyState.fresh(SPEC).labels(),
        KeyState.NOTHING_KEPT);
  }

  private static KeyStateCodec codec(StateEncoding encoding) {
    return new KeyStateCodec(SPEC, encoding);
  }

  private static byte[] golden(StateEncoding encoding, int version) throws IOException {
    return Golden.bytes(
        "key-state-v" + version + "-" + encoding.name().toLowerCase(Locale.ROOT) + ".hex");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INT8")
  void aStateComesBackAsItWent(StateEncoding encoding) {
    assertThat(codec.decode(codec(encoding).encode(STATE)))
        .usingRecursiveComparison()
        .isEqualTo(STATE);
  }

  @Test
  void int8RoundsHTo127thsAndCTo127thsOfItsLargest() {
    HiddenState hidden = codec.decode(codec(StateEncoding.INT8).encode(STATE)).hidden();

    assertThat(hidden.h()).containsExactly(32 / 127f, -64 / 127f, 16 / 127f);
    float unit = -hidden.c()[1] / 127;
    assertThat(unit).isCloseTo(2.25f / 127, within(1e-6f));
    assertThat(hidden.c()).containsExactly(85 * unit, -127 * unit, 42 * unit);
  }

  @ParameterizedTest
  @EnumSource
  void version4IsStillRead(StateEncoding encoding) throws IOException {
    KeyState read = codec.decode(golden(encoding, 4));

    assertThat(read).usingRecursiveComparison().ignoringFields("hidden").isEqualTo(STATE);
  }

  @ParameterizedTest
  @EnumSource
  void version5IsWrittenAndReadAsEver(StateEncoding encoding) throws IOException {
    byte[] golden = golden(encoding, 5);

    assertThat(codec(encoding).encode(KEPT)).isEqualTo(golden);
    KeyState read = codec.decode(golden);
    assertThat(read).usingRecursiveComparison().ignoringFields("hidden").isEqualTo(KEPT);
    assertThat(codec(encoding).encode(read)).isEqualTo(golden);
  }

  @ParameterizedTest
  @EnumSource
  void aRowOfAnotherEncodingIsReadAndWrittenInOurs(StateEncoding ours) throws IOException {
    for (StateEncoding theirs : StateEncoding.values()) {
      KeyState read = codec(ours).decode(golden(theirs, 5));
      byte[] rewritten = codec(ours).encode(read);

      assertThat(rewritten[KeyStateLayout.ENCODING_AT] & 0x7F).isEqualTo(ours.code());
      assertThat(codec(theirs).decode(rewritten).steps()).isEqualTo(STATE.steps());
    }
  }

  @Test
  void aForgedRowThatKeepsMoreThanItHasIsRefused() {
    byte[] row = codec.encode(STATE);
    row[row.length - 1] = 2;
    ByteBuffer.wrap(row)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(KeyStateLayout.CHECKSUM_AT, KeyStateRow.checksum(row));

    assertThatThrownBy(() -> codec.decode(row))
        .hasMessageContaining("field=kept of the window, expected=at most 0, actual=2");
  }

  @Test
  void extremesOfOneGenerationAreStoredOnce() {
    Extremes both = STATE.features().extremes();
    KeyState young = new KeyState(
        STATE.steps(),
        STATE.lastTime(),
        STATE.lastSeen(),
        STATE.windowStart(),
        STATE.hidden(),
        STATE.input(),
        new FeatureMemory(
            STATE.features().last(),
            STATE.features().usual(),
            STATE.features().level(),
            STATE.features().levels(),
            new Extremes(
                both.low(), both.high(), both.low().clone(), both.high().clone())),
        STATE.surprise(),
        STATE.labels(),
        STATE.kept());

    byte[] row = codec.encode(young);

    assertThat(row).hasSize(codec.encode(STATE).length - 4 * Float.BYTES);
    assertThat(codec.decode(row)).usingRecursiveComparison().isEqualTo(young);
  }

  @Test
  void aRowHasTheSizesThatTheLayoutStates() {
    ModelSpec wide = new ModelSpec(Cell.LSTM, 16, 1, 64, Head.FORECAST);
    KeyStateLayout layout = new KeyStateLayout(wide);

    assertThat(StateEncoding.values())
        .extracting(encoding -> layout.varintsAt(encoding, false))
        .containsExactly(1072, 784, 660);
    assertThat(layout.varintsAt(StateEncoding.F16, true)).isEqualTo(784 + 128);
  }

  @Test
  void version2IsStillRead() throws IOException {
    assertThat(codec.decode(Golden.bytes("key-state-v2.hex")))
        .usingRecursiveComparison()
        .isEqualTo(OLD_STATE);
  }

  @Test
  void version1IsStillRead() throws IOException {
    KeyState state = codec.decode(Golden.bytes("key-state-v1.hex"));

    assertThat(state.steps()).isEqualTo(42);
    assertThat(state.hasOpenWindow()).isFalse();
    assertThat(state.surprise()).isEqualTo(new SurpriseMoments(41, 0.5, -0.75, 0.375, 2.5, 0, 0));
    assertThat(state.hidden()).usingRecursiveComparison().isEqualTo(OLD_STATE.hidden());
    assertThat(state.features().usual().square()).containsExactly(1.75, 0.0625);
    assertThat(state.input()).containsExactly(0, 0);
    assertThat(state.features().levels().mean()).containsExactly(20.5, -3.25);
    assertThat(state.features().levels().variance()).containsExactly(1.75, 0.0625);
    assertThat(state.features().extremes().low()[1]).isEqualTo(-3.25f - 4 * 0.25f);
    assertThat(state.features().extremes().youngHigh()[1]).isEqualTo(-3.25f + 4 * 0.25f);
    assertThat(state.features().last())
        .containsExactly(20.5 + 0.5 * Math.sqrt(1.75), -3.25 - 1.25 * 0.25);
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

  @ParameterizedTest
  @EnumSource
  void everySingleDamagedByteIsNoticed(StateEncoding encoding) {
    byte[] row = codec(encoding).encode(STATE);
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
    byte[] row = new KeyStateCodec(
            new ModelSpec(Cell.LSTM, 2, 1, 4, Head.FORECAST), StateEncoding.F32)
        .encode(KeyState.fresh(new ModelSpec(Cell.LSTM, 2, 1, 4, Head.FORECAST)));

    assertThatThrownBy(() -> codec.decode(row))
        .hasMessageContaining("field=signature")
        .hasMessageContaining("lstm-1x3-f2-forecast");
  }

  @Test
  void aForgedRowOfVersion1IsRefusedBeforeARootOfItIsTaken() throws IOException {
    byte[] row = Golden.bytes("key-state-v1.hex");
    ByteBuffer forged = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    forged.putDouble(KeyStateV1.FEATURES_AT + 16, -4);
    forged.putInt(KeyStateLayout.CHECKSUM_AT, KeyStateRow.checksum(row));

    assertThatThrownBy(() -> codec.decode(row))
        .hasMessage("state row rejected: field=square of the change, expected=0 to 1.0E300,"
            + " actual=-4.0. The key starts from a fresh state.");
  }

  @Test
  void aForgedRowWithoutFiniteValuesIsRefused() {
    int at = new KeyStateLayout(SPEC).varintsAt(StateEncoding.F32, true) - Float.BYTES;

    assertThatThrownBy(() ->
            codec.decode(forged(StateEncoding.F32, row -> row.putFloat(at, Float.NaN))))
        .hasMessage("state row rejected: field=value at " + at
            + ", expected=finite, actual=NaN. The key starts from a fresh state.");
  }

  @Test
  void aForgedRowWithoutFiniteHalvesIsRefused() {
    int at = new KeyStateLayout(SPEC).varintsAt(StateEncoding.F16, true) - Short.BYTES;

    for (int bits : new int[] {0x7C00, 0xFC00, 0x7E01}) {
      assertThatThrownBy(() ->
              codec.decode(forged(StateEncoding.F16, row -> row.putShort(at, (short) bits))))
          .hasMessageContaining("field=value at " + at + ", expected=finite");
    }
  }

  @Test
  void aForgedRowWithoutAFiniteUnitIsRefused() {
    int at = new KeyStateLayout(SPEC).encodedAt(true) + 2 * Short.BYTES;

    assertThatThrownBy(() -> codec.decode(
            forged(StateEncoding.INT8, row -> row.putFloat(at, Float.POSITIVE_INFINITY))))
        .hasMessageContaining("field=value at " + at + ", expected=finite");
  }

  @Test
  void aForgedEncodingIsRefusedByName() {
    assertThatThrownBy(() -> codec.decode(
            forged(StateEncoding.INT8, row -> row.put(KeyStateLayout.ENCODING_AT, (byte) 3))))
        .hasMessage("state row rejected: field=encoding, expected=0..2, actual=3."
            + " The key starts from a fresh state.");
  }

  @Test
  void aForgedNumberWithoutAnEndIsRefused() {
    assertThatThrownBy(() -> codec.decode(
            forged(StateEncoding.F32, row -> row.put(row.capacity() - 1, (byte) 0x80))))
        .hasMessageContaining("expected=an end, actual=none");
  }

  private static byte[] forged(StateEncoding encoding, Consumer<ByteBuffer> damage) {
    byte[] row = codec(encoding).encode(STATE);
    ByteBuffer bytes = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    damage.accept(bytes);
    bytes.putInt(KeyStateLayout.CHECKSUM_AT, KeyStateRow.checksum(row));
    return row;
  }
}
