package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.learn.SkippedWindows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SkippedWindowsCodecTest {
  private static final SkippedWindows SKIPPED = new SkippedWindows(3, 77);

  @Test
  void aRowComesBackAsItWas() {
    assertThat(SkippedWindowsCodec.decode(SkippedWindowsCodec.encode(SKIPPED))).isEqualTo(SKIPPED);
  }

  @Test
  void aDamagedRowIsRefused() {
    byte[] row = SkippedWindowsCodec.encode(SKIPPED);
    for (int n = 0; n < row.length; n++) {
      byte[] damaged = row.clone();
      damaged[n] ^= 4;
      assertThatThrownBy(() -> SkippedWindowsCodec.decode(damaged))
          .as("byte %d", n)
          .isInstanceOf(CorruptRowException.class);
    }
    assertThatThrownBy(() -> SkippedWindowsCodec.decode(Arrays.copyOf(row, 3)))
        .hasMessage("skipped windows rejected: field=length, expected=at least 8, actual=3.");
  }
}
