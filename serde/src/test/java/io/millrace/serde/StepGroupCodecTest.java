package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.BuiltIn;
import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Half;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.KeyState;
import io.millrace.serde.StepGroup.Event;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepGroupCodecTest {
  private static final ModelSpec FORECAST = new ModelSpec(Cell.LSTM, 16, 1, 64, Head.FORECAST);
  private static final ModelSpec CATEGORY = new ModelSpec(
      Cell.LSTM,
      new InputSpec(
          0,
          Set.of(BuiltIn.TIME_GAP),
          List.of(new CategoryInput(5, 0), new CategoryInput(65_536, 4)),
          false),
      1,
      2,
      Head.CATEGORY,
      5);
  private static final StepGroupCodec CODEC = new StepGroupCodec(CATEGORY, 3);
  private static final Event FIRST = new Event(1_700_000_000_123L, new float[] {-0.5f, 4, 65_535});
  private static final Event SECOND = new Event(-456, new float[] {Half.rounded(0.1f), 0, 0});
  private static final Event THIRD = new Event(7, new float[] {0, 1, 2});

  /** Of the second row. */
  private static final int NUMBER_AT = 16 + 8 + 3 * 2 + 8;

  private static final int ID_AT = NUMBER_AT + 2;

  private static byte[] row() {
    return CODEC.encode(41, CODEC.keep(KeyState.NOTHING_KEPT, FIRST), SECOND, THIRD);
  }

  private static byte[] sealed(byte[] row) {
    ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).putInt(4, KeyStateRow.checksum(row));
    return row;
  }

  private static ByteBuffer forgery() {
    return ByteBuffer.wrap(row()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void aGroupComesBackAsItWent() {
    assertThat(CODEC.decode(row()))
        .usingRecursiveComparison()
        .isEqualTo(new StepGroup(41, List.of(FIRST, SECOND, THIRD)));
  }

  @Test
  void whatIsKeptComesBackAsItWent() {
    byte[] kept = CODEC.keep(CODEC.keep(KeyState.NOTHING_KEPT, SECOND), FIRST);

    assertThat(CODEC.count(kept)).isEqualTo(2);
    assertThat(CODEC.kept(kept)).usingRecursiveComparison().isEqualTo(List.of(SECOND, FIRST));
    assertThat(CODEC.kept(KeyState.NOTHING_KEPT)).isEmpty();
  }

  @Test
  void aPartOfAnEventIsNotKept() {
    byte[] kept = Arrays.copyOf(CODEC.keep(KeyState.NOTHING_KEPT, FIRST), 20);

    assertThat(CODEC.count(kept)).isEqualTo(-1);
    assertThatThrownBy(() -> CODEC.kept(kept))
        .hasMessage("step group rejected: field=kept bytes, expected=14, actual=20.");
  }

  @Test
  void fourStepsOfAForecastHaveTheSizeThatTheLayoutStates() {
    StepGroupCodec codec = new StepGroupCodec(FORECAST, 4);
    Event event = new Event(2, new float[16]);
    byte[] kept = codec.keep(codec.keep(KeyState.NOTHING_KEPT, event), event);

    assertThat(codec.encode(1, kept, event, event)).hasSize(176);
  }

  @Test
  void everySingleDamagedByteIsNoticed() {
    byte[] row = row();
    for (int at = 0; at < row.length; at++) {
      byte[] damaged = row.clone();
      damaged[at] ^= 0x01;
      assertThatThrownBy(() -> CODEC.decode(damaged)).isInstanceOf(CorruptRowException.class);
    }
  }

  @Test
  void aRowOfAnotherLengthIsNoticedEvenWhereItsChecksumIsRight() {
    byte[] row = row();
    for (int length = 0; length <= row.length + 8; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      if (length >= 8) {
        sealed(cut);
      }
      if (length != row.length) {
        assertThatThrownBy(() -> CODEC.decode(cut))
            .isInstanceOf(CorruptRowException.class)
            .hasMessageContaining("field=length");
      }
    }
  }

  @Test
  void aForgedRowWithoutFiniteNumbersIsRefused() {
    for (int half : new int[] {0x7C00, 0xFC00, 0x7E00}) {
      byte[] row = sealed(forgery().putShort(NUMBER_AT, (short) half).array());

      assertThatThrownBy(() -> CODEC.decode(row))
          .hasMessage(
              "step group rejected: field=values, expected=finite, actual=NaN or infinite.");
    }
  }

  @Test
  void aForgedIdThatItsFieldDoesNotHaveIsRefused() {
    for (int id : new int[] {5, 65_535}) {
      byte[] row = sealed(forgery().putShort(ID_AT, (short) id).array());

      assertThatThrownBy(() -> CODEC.decode(row))
          .hasMessage("step group rejected: field=category, expected=0 to 4, actual=" + id + ".");
    }
  }
}
