package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bf16KernelTest {
  private static final ModelSpec SPEC = Models.categorical(2, 17).findFirst().orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "0x3f800000, 0x3f800000", // 1
    "0x3f807fff, 0x3f800000", // below the middle
    "0x3f808000, 0x3f800000", // the middle, down to even
    "0x3f808001, 0x3f810000", // above the middle
    "0x3f818000, 0x3f820000", // the middle, up to even
    "0xbf818000, 0xbf820000", // the same, negative
    "0x80000000, 0x80000000", // -0
    "0x00008001, 0x00010000", // subnormal
    "0x3fffffff, 0x40000000", // into the next exponent
    "0x7f7fffff, 0x7f800000", // the largest
    "0x7fffffff, 0x7fffffff", // not a number
  })
  void aWeightBecomesTheNearestBf16(String value, String nearest) {
    float rounded =
        Bf16Kernel.rounded(Float.intBitsToFloat(Integer.parseUnsignedInt(value.substring(2), 16)));

    assertThat(Float.floatToRawIntBits(rounded))
        .isEqualTo(Integer.parseUnsignedInt(nearest.substring(2), 16));
  }

  @Test
  void onlyTheMatricesOfTheRecurrentLayersAreRounded() {
    Parameters learned = Parameters.initial(SPEC, 5);

    Parameters rounded = Bf16Kernel.rounded(learned);

    float[] before = learned.toArray();
    float[] after = rounded.toArray();
    List<Tensor> matrices = matrices(learned.layout());
    for (int n = 0; n < before.length; n++) {
      int at = n;
      boolean inMatrix = matrices.stream().anyMatch(m -> m.offset() <= at && at < m.end());
      assertThat(after[n]).isEqualTo(inMatrix ? Bf16Kernel.rounded(before[n]) : before[n]);
    }
    assertThat(after).isNotEqualTo(before);
  }

  private static List<Tensor> matrices(ParameterLayout layout) {
    List<Tensor> matrices = new ArrayList<>();
    for (int layer = 0; layer < SPEC.layers(); layer++) {
      matrices.add(layout.weightIh(layer));
      matrices.add(layout.weightHh(layer));
    }
    return matrices;
  }

  @Test
  void learningIsThatOfTheKernelItself() {
    Kernel scalar = new ScalarKernel();

    assertThat(WeightFormat.BF16.of(scalar).backpropagation(SPEC))
        .isInstanceOf(ScalarBackpropagation.class);
    assertThat(WeightFormat.F32.of(scalar)).isSameAs(scalar);
  }
}
