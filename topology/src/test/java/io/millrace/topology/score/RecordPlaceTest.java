package io.millrace.topology.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPlaceTest {
  @Test
  void aPlaceIsReadBackFromItsText() {
    RecordPlace place = new RecordPlace("fleet-1-events", 12, 9_000_000_000L);

    assertThat(place.text()).isEqualTo("fleet-1-events-12@9000000000");
    assertThat(RecordPlace.parse(place.text())).contains(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "unknown", "events-1", "events@4", "-1@4", "events-1@", "e-9999999999@1"})
  void anythingElseIsNone(String text) {
    assertThat(RecordPlace.parse(text)).isEmpty();
  }
}
