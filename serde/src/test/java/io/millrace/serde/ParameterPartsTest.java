package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterPartsTest {
  private static final int FLOATS_A_PART = 128 * 1024;

  private static float[] gaussians(int size) {
    Random random = new Random(size);
    float[] values = new float[size];
    for (int n = 0; n < size; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }

  private static PartAssembly assembled(ParameterParts sent, int size) {
    PartAssembly assembly = new PartAssembly(size);
    int count = sent.parts().size();
    IntStream.iterate(count - 1, part -> part - 1)
        .limit(count)
        .forEach(part -> assembly.add(part, count, sent.parts().get(part)));
    return assembly;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "131071, 1", "131072, 1", "131073, 2", "300000, 3"})
  void parametersComeBackAsTheyWentWhateverTheOrderOfTheParts(int size, int parts) {
    float[] values = gaussians(size);
    ParameterParts sent = ParameterParts.of(values);

    assertThat(sent.parts()).hasSize(parts).allMatch(part -> part.length <= 512 * 1024);
    assertThat(assembled(sent, size).join(sent.checksum())).isEqualTo(values);
  }

  @Test
  void theBytesAreLittleEndianFloats() {
    ParameterParts sent = ParameterParts.of(new float[] {1, -2});

    assertThat(sent.parts().get(0)).containsExactly(0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0xC0);
    assertThat(sent.checksum()).isEqualTo(2_855_727_817L);
  }

  @Test
  void nothingIsThereBeforeItsLastPart() {
    ParameterParts sent = ParameterParts.of(gaussians(FLOATS_A_PART + 1));
    PartAssembly assembly = new PartAssembly(FLOATS_A_PART + 1);
    assembly.add(1, 2, sent.parts().get(1));

    assertThat(assembly.isComplete()).isFalse();
    assertThatThrownBy(() -> assembly.join(sent.checksum()))
        .hasMessage("parameters rejected: field=part 0, expected=present, actual=missing."
            + " Reset the learner or restore what it wrote.");

    assembly.add(0, 2, sent.parts().get(0));
    assertThat(assembly.isComplete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 524288, 'parts, expected=2, actual=3'",
    "2, 2, 524288, 'part, expected=0 to 1, actual=2'",
    "-1, 2, 524288, 'part, expected=0 to 1, actual=-1'",
    "0, 2, 524287, 'length of part 0, expected=524288, actual=524287'",
    "1, 2, 524288, 'length of part 1, expected=4, actual=524288'"
  })
  void aPartThatCannotBeOneIsRefusedByName(int part, int count, int length, String facts) {
    PartAssembly assembly = new PartAssembly(FLOATS_A_PART + 1);

    assertThatThrownBy(() -> assembly.add(part, count, new byte[length]))
        .isInstanceOf(CorruptLearnerException.class)
        .hasMessageContaining("field=" + facts + ".");
  }

  @Test
  void aDamagedBitAnywhereIsNoticed() {
    float[] values = gaussians(9);
    ParameterParts sent = ParameterParts.of(values);
    byte[] part = sent.parts().get(0);
    for (int at = 0; at < part.length; at++) {
      byte[] damaged = part.clone();
      damaged[at] ^= 0x01;
      PartAssembly assembly = new PartAssembly(9);
      assembly.add(0, 1, damaged);
      assertThatThrownBy(() -> assembly.join(sent.checksum()))
          .hasMessageContaining("field=checksum,");
    }
  }

  @Test
  void aValueThatIsNotFiniteIsRefusedByItsNumber() {
    ParameterParts sent = ParameterParts.of(new float[] {1, Float.NEGATIVE_INFINITY});

    assertThatThrownBy(() -> assembled(sent, 2).join(sent.checksum()))
        .hasMessage("parameters rejected: field=parameter 1, expected=finite, actual=-Infinity."
            + " Reset the learner or restore what it wrote.");
  }
}
