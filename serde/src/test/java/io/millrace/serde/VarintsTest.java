package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarintsTest {
  @ParameterizedTest
  @CsvSource({
    "0,1",
    "127,1",
    "128,2",
    "16383,2",
    "16384,3",
    "9223372036854775807,9",
    "-1,10",
    "-9223372036854775808,10"
  })
  void aNumberTakesAByteForEverySevenBits(long value, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(Varints.MAX_BYTES);
    Varints.put(bytes, value);

    assertThat(bytes.position()).isEqualTo(size);
    assertThat(Varints.get(bytes.flip())).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "-1,1",
    "63,1",
    "-64,1",
    "64,2",
    "-65,2",
    "9223372036854775807,10",
    "-9223372036854775808,10"
  })
  void aSignedNumberIsSmallOnBothSidesOfZero(long value, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(Varints.MAX_BYTES);
    Varints.putSigned(bytes, value);

    assertThat(bytes.position()).isEqualTo(size);
    assertThat(Varints.getSigned(bytes.flip())).isEqualTo(value);
  }

  @Test
  void aNumberWithoutAnEndIsRefused() {
    byte[] endless = new byte[Varints.MAX_BYTES + 1];
    Arrays.fill(endless, (byte) 0x80);

    assertThatThrownBy(() -> Varints.get(ByteBuffer.wrap(endless)))
        .isInstanceOf(CorruptStateException.class);
    assertThatThrownBy(() -> Varints.get(ByteBuffer.wrap(endless, 0, 3)))
        .isInstanceOf(CorruptStateException.class);
  }
}
