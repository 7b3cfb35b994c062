package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenWindowCodecTest {
  private static final ModelSpec BINARY = new ModelSpec(Cell.LSTM, 1, 1, 2, Head.BINARY);
  private static final OpenWindowCodec CODEC = new OpenWindowCodec(BINARY);

  private static final StoredStep KNOWN = new StoredStep(
      41, 1_700_000_000_123L, new float[] {0.5f, -2}, new float[] {1}, true, Optional.empty());
  private static final StoredStep AWAITED = new StoredStep(
      42, 1_700_000_000_456L, new float[] {1, 3}, new float[] {0}, false, Optional.of("order-ä"));
  private static final StoredStep NAMELESS = new StoredStep(
      43, 1_700_000_000_789L, new float[] {0, 0}, new float[] {0}, false, Optional.empty());
  private static final StoredWindow WINDOW = new StoredWindow(
      new OpenWindowCodec.Head(
          41, 7, 99, new HiddenState(new float[] {1, 2}, new float[] {3, 4}), new float[] {0.5f, -2
          }),
      List.of(KNOWN, AWAITED, NAMELESS));

  @Test
  void aHeadComesBackAsItWent() {
    byte[] row = CODEC.encode(WINDOW.head());

    assertThat(row).hasSize(8 + 32 + 16 + 8);
    assertThat(CODEC.decodeHead(row)).usingRecursiveComparison().isEqualTo(WINDOW.head());
  }

  @Test
  void stepsComeBackAsTheyWent() {
    for (StoredStep step : WINDOW.steps()) {
      assertThat(CODEC.decodeStep(CODEC.encode(step)))
          .usingRecursiveComparison()
          .isEqualTo(step);
    }
  }

  @Test
  void aWaitingWindowComesBackAsItWent() {
    assertThat(CODEC.decodeWindow(CODEC.encode(WINDOW)))
        .usingRecursiveComparison()
        .isEqualTo(WINDOW);
  }

  @Test
  void everySingleDamagedByteOfAWaitingWindowIsNoticed() {
    byte[] row = CODEC.encode(WINDOW);
    for (int at = 0; at < row.length; at++) {
      byte[] damaged = row.clone();
      damaged[at] ^= 0x01;
      assertThatThrownBy(() -> CODEC.decodeWindow(damaged)).isInstanceOf(CorruptRowException.class);
    }
  }

  @Test
  void aCutRowIsNoticedAtEveryLength() {
    byte[] window = CODEC.encode(WINDOW);
    for (int length = 0; length < window.length; length++) {
      byte[] cut = Arrays.copyOf(window, length);
      assertThatThrownBy(() -> CODEC.decodeWindow(cut)).isInstanceOf(CorruptRowException.class);
    }
    byte[] step = CODEC.encode(AWAITED);
    for (int length = 0; length < step.length; length++) {
      byte[] cut = Arrays.copyOf(step, length);
      assertThatThrownBy(() -> CODEC.decodeStep(cut)).isInstanceOf(CorruptRowException.class);
    }
  }

  @Test
  void aForgedWindowWithoutStepsIsRefusedForNobodyCouldCutIt() {
    byte[] row = Arrays.copyOf(CODEC.encode(WINDOW), 8 + 32 + 16 + 8 + 4);
    for (int count : new int[] {0, -1, Integer.MIN_VALUE}) {
      ByteBuffer forged = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
      forged.putInt(row.length - 4, count);
      forged.putInt(4, KeyStateRow.checksum(row));

      assertThatThrownBy(() -> CODEC.decodeWindow(row))
          .hasMessage(
              "waiting window rejected: field=steps, expected=at least 1, actual=" + count + ".");
    }
  }

  @Test
  void aForgedRowWithoutFiniteValuesIsRefused() {
    StoredStep poison = new StoredStep(
        41, 1, new float[] {0.5f, Float.NaN}, new float[] {1}, true, Optional.empty());
    OpenWindowCodec.Head head = new OpenWindowCodec.Head(
        41,
        7,
        99,
        new HiddenState(new float[] {1, Float.POSITIVE_INFINITY}, new float[2]),
        new float[2]);

    assertThatThrownBy(() -> CODEC.decodeStep(CODEC.encode(poison)))
        .hasMessage("window step rejected: field=values, expected=finite, actual=NaN or infinite.");
    assertThatThrownBy(() -> CODEC.decodeHead(CODEC.encode(head)))
        .hasMessage("window head rejected: field=values, expected=finite, actual=NaN or infinite.");
  }

  @Test
  void aLabelTakesTheStepOutOfTheAwaitedAndIntoTheMask() {
    StoredWindow labelled = WINDOW.with(AWAITED.labelled(1));

    assertThat(WINDOW.awaited()).containsExactly(AWAITED);
    assertThat(WINDOW.cut().steps().mask()).containsExactly(1, 0, 0);
    assertThat(labelled.awaited()).isEmpty();
    assertThat(labelled.cut().steps().mask()).containsExactly(1, 1, 0);
    assertThat(labelled.cut().steps().targets()).containsExactly(1, 1, 0);
    assertThat(labelled.cut().steps().inputs()).containsExactly(0.5f, -2, 1, 3, 0, 0);
  }
}
