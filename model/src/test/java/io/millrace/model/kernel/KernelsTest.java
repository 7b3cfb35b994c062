package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void autoIsSimdWhereTheVectorApiIsPresent() {
    assertThat(Kernels.choose("auto").kernel().name()).isEqualTo("simd");
  }

  @Test
  void anUnknownKernelIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> Kernels.choose("cuda"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kernel rejected: field=name, actual=cuda. Choose auto, simd, nd4j or scalar.");
  }
}
