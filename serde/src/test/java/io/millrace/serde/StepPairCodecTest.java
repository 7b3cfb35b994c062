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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepPairCodecTest {
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
  private static final StepPairCodec CODEC = new StepPairCodec(CATEGORY);
  private static final StepPair PAIR =
      new StepPair(41, 1_700_000_000_123L, -456, new float[] {-0.5f, 4, 65_535}, new float[] {
        Half.rounded(0.1f), 0, 0
      });

  /** Of the second row. */
  private static final int NUMBER_AT = 32 + 3 * 2;

  private static final int ID_AT = NUMBER_AT + 2;

  private static byte[] sealed(byte[] row) {
    ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).putInt(4, KeyStateRow.checksum(row));
    return row;
  }

  private static ByteBuffer forgery() {
    return ByteBuffer.wrap(CODEC.encode(PAIR)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void twoStepsComeBackAsTheyWent() {
    assertThat(CODEC.decode(CODEC.encode(PAIR))).usingRecursiveComparison().isEqualTo(PAIR);
  }

  @Test
  void twoStepsOfAForecastTakeLessThanOneDid() {
    StepPair pair = new StepPair(1, 2, 3, new float[16], new float[16]);

    assertThat(new StepPairCodec(FORECAST).encode(pair)).hasSize(96);
  }

  @Test
  void everySingleDamagedByteIsNoticed() {
    byte[] row = CODEC.encode(PAIR);
    for (int at = 0; at < row.length; at++) {
      byte[] damaged = row.clone();
      damaged[at] ^= 0x01;
      assertThatThrownBy(() -> CODEC.decode(damaged)).isInstanceOf(CorruptRowException.class);
    }
  }

  @Test
  void aRowOfAnotherLengthIsNoticedEvenWhereItsChecksumIsRight() {
    byte[] row = CODEC.encode(PAIR);
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
          .hasMessage("step pair rejected: field=values, expected=finite, actual=NaN or infinite.");
    }
  }

  @Test
  void aForgedIdThatItsFieldDoesNotHaveIsRefused() {
    for (int id : new int[] {5, 65_535}) {
      byte[] row = sealed(forgery().putShort(ID_AT, (short) id).array());

      assertThatThrownBy(() -> CODEC.decode(row))
          .hasMessage("step pair rejected: field=category, expected=0 to 4, actual=" + id + ".");
    }
  }
}
