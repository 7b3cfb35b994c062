package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Parameters;
import org.junit.jupiter.api.Test;

class Nd4jLstmLayerTest {
  private final Parameters parameters = Workload.parameters(Workload.EVENT);

  @Test
  void theOperationComputesWhatOurKernelsDo() {
    Nd4jLstmLayer layer = new Nd4jLstmLayer(parameters, 2, 3);

    assertThatCode(() -> layer.requireOurFigures(parameters)).doesNotThrowAnyException();
  }

  @Test
  void anotherNetworkIsNotTimed() {
    Nd4jLstmLayer layer = new Nd4jLstmLayer(Parameters.initial(Workload.EVENT, 3), 2, 3);

    assertThatThrownBy(() -> layer.requireOurFigures(parameters))
        .hasMessageStartingWith("lstmLayer rejected: field=h[0], expected=");
  }
}
