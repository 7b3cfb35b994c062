package io.millrace.serde.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @Test
  void numbersAndDatesAreTimes() {
    Instant time = Instant.parse("2026-01-05T10:41:09.500Z");

    assertThat(Times.parse("1767609669.5", TimeUnit.SECONDS)).isEqualTo(time);
    assertThat(Times.parse("2026-01-05 10:41:09.5", TimeUnit.SECONDS)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+999999999-01-01T00:00:00Z", "-999999999-01-01", "1e999999999", "", "-"})
  void whatNoCountOfMillisecondsHoldsIsNoTime(String text) {
    assertThatThrownBy(() -> Times.parse(text, TimeUnit.SECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no time: " + text);
  }

  @Test
  void aNumberThatIsTooLongIsNotEvenParsed() {
    assertThatThrownBy(() -> Times.parse("0".repeat(101), TimeUnit.SECONDS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Times.parse("0".repeat(100), TimeUnit.SECONDS)).isEqualTo(Instant.EPOCH);
  }
}
