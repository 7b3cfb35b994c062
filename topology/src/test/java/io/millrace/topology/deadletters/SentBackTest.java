package io.millrace.topology.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.serde.mapping.Reason;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentBackTest {
  private static final Set<Reason> ALL = EnumSet.allOf(Reason.class);

  @Test
  void reasonsThatWereNotAskedForWaitAtTheLowestOffset() {
    SentBack place = new SentBack();
    place.pass(Set.of(Reason.LATE), 16);
    place.pass(Set.of(Reason.WRONG_TYPE), 22);

    assertThat(place.toOffset()).isEqualTo(new OffsetAndMetadata(0, "wrong-type=23,late=17"));
    assertThat(place.first(Set.of(Reason.LATE, Reason.WRONG_TYPE))).isEqualTo(17);
    assertThat(place.first(ALL)).isZero();
    assertThat(place.has(Reason.LATE, 16)).isTrue();
    assertThat(place.has(Reason.LATE, 17)).isFalse();
    assertThat(place.has(Reason.UNDECODABLE, 0)).isFalse();
  }

  @Test
  void whatWasKeptIsReadBack() {
    SentBack place = new SentBack();
    place.pass(ALL, 4);
    place.pass(Set.of(Reason.LATE), 9);

    SentBack read = SentBack.of(place.toOffset());

    assertThat(place.toOffset()).isEqualTo(new OffsetAndMetadata(5, "late=10"));
    assertThat(read.toOffset()).isEqualTo(place.toOffset());
    assertThat(read.has(Reason.LATE, 9)).isTrue();
  }

  @Test
  void aReasonBehindOneOfARunDoesNotGoBack() {
    SentBack place = new SentBack();
    place.pass(Set.of(Reason.LATE), 9);

    place.pass(ALL, 3);

    assertThat(place.toOffset()).isEqualTo(new OffsetAndMetadata(4, "late=10"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"crc32c=00000000", "late", "late=1;", "unheard-of=4"})
  void anOffsetOfSomebodyElseIsRefused(String metadata) {
    assertThatThrownBy(() -> SentBack.of(new OffsetAndMetadata(3, metadata)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replay rejected: field=metadata, expected=REASON=OFFSET,.., actual=" + metadata
            + ". Another consumer, or a newer Millrace, uses this group; replay with that one.");
  }
}
