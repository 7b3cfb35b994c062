package io.millrace.topology.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void printableBytesAreShownAsText() {
    assertThat(Excerpt.of("pump-7 ä".getBytes(UTF_8), 24)).isEqualTo("pump-7 ä");
  }

  @Test
  void whatIsLongerIsCutBeforeACharacterThatDoesNotFit() {
    assertThat(Excerpt.of("abcä".getBytes(UTF_8), 4)).isEqualTo("abc..");
  }

  @Test
  void bytesThatAreNoTextOrCouldControlATerminalAreShownInHex() {
    assertThat(Excerpt.of(new byte[] {(byte) 0xc3, 0x01, 0x41}, 2)).isEqualTo("0xc301..");
    assertThat(Excerpt.of("\u001b[2J".getBytes(UTF_8), 24)).isEqualTo("0x1b5b324a");
    assertThat(Excerpt.of(new byte[] {0x41, (byte) 0xc3}, 24)).isEqualTo("0x41c3");
  }

  @Test
  void aTextIsOneShortLine() {
    assertThat(Excerpt.of("one\ntwo\u202ethree", 9)).isEqualTo("one two t..");
  }
}
