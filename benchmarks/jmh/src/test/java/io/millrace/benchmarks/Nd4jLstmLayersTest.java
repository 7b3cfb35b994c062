package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmarks.common.Size;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Nd4jLstmLayersTest {
  private static ModelSpec model(int layers) {
    return Workload.model(new Size(2, 3, 16, 64, layers));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theOperationsComputeWhatOurKernelsDo(int layers) {
    Parameters parameters = Workload.parameters(model(layers));
    Nd4jLstmLayers network = new Nd4jLstmLayers(parameters, 2, 3);

    assertThatCode(() -> network.requireOurFigures(parameters)).doesNotThrowAnyException();
  }

  @Test
  void anotherNetworkIsNotTimed() {
    Parameters parameters = Workload.parameters(model(1));
    Nd4jLstmLayers network = new Nd4jLstmLayers(Parameters.initial(model(1), 3), 2, 3);

    assertThatThrownBy(() -> network.requireOurFigures(parameters))
        .hasMessageStartingWith("lstmLayer rejected: field=h[0], expected=");
  }
}
