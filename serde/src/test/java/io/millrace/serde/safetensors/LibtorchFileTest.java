package io.millrace.serde.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Network;
import io.millrace.model.kernel.ScalarKernel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./benchmarks/run reference} has libtorch draw these networks, write them and say what they give. */
class LibtorchFileTest {
  private static final List<String> PREFIX = List.of("lstm.");

  private static Path file(String name) {
    try {
      return Path.of(LibtorchFileTest.class.getResource("/libtorch/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, double[]> outputs(String name) throws IOException {
    Map<String, double[]> arrays = new HashMap<>();
    for (String line : Files.readAllLines(file(name + ".txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ");
        arrays.put(
            words[0], Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return arrays;
  }

  private static ModelSpec spec(int inputs, int hidden, int layers) {
    return new ModelSpec(Cell.LSTM, inputs, layers, hidden, Head.FORECAST);
  }

  @ParameterizedTest
  @CsvSource({
    "1,5,1,F64", "1,5,1,F32", "1,5,1,F16", "1,5,1,BF16",
    "3,7,2,F64", "3,7,2,F32", "3,7,2,F16", "3,7,2,BF16"
  })
  void aNetworkOfLibtorchGivesItsOutputsHere(int inputs, int hidden, int layers, String dtype)
      throws IOException {
    String name = "f" + inputs + "-h" + hidden + "-l" + layers + "-" + dtype;
    ModelSpec spec = spec(inputs, hidden, layers);

    Parameters parameters =
        WeightsFile.read(file(name + ".safetensors"), spec, PREFIX).parameters();

    assertThat(parameters.copyOf(parameters.layout().headSkip())).containsOnly(0);
    check(new ScalarKernel().load(parameters), outputs(name));
  }

  private static void check(Network network, Map<String, double[]> expected) {
    ModelSpec spec = network.spec();
    double[] inputs = expected.get("inputs");
    HiddenState state = HiddenState.initial(spec);
    for (int t = 0; t < inputs.length / spec.inputs(); t++) {
      float[] x = new float[spec.inputs()];
      for (int f = 0; f < x.length; f++) {
        x[f] = (float) inputs[t * x.length + f];
      }
      HiddenState after = HiddenState.initial(spec);
      network.step(x, state, after);
      float[] y = new float[spec.outputs()];
      network.project(after, y);
      float[] top =
          Arrays.copyOfRange(after.h(), spec.stateSize() - spec.hidden(), spec.stateSize());
      assertClose(top, expected.get("outputs"), t);
      assertClose(y, expected.get("projections"), t);
      state = after;
    }
  }

  private static void assertClose(float[] actual, double[] expected, int step) {
    for (int n = 0; n < actual.length; n++) {
      assertThat((double) actual[n])
          .as("step %d, value %d", step, n)
          .isCloseTo(expected[step * actual.length + n], within(1e-5));
    }
  }

  @Test
  void namesBehindAPrefixThatWasNotNamedAreTold() {
    Path file = file("f1-h5-l1-F32.safetensors");

    assertThatThrownBy(() -> WeightsFile.read(file, spec(1, 5, 1), List.of()))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage(
            "weights file rejected: field=tensors, expected=those of lstm-1x5-f1-forecast, actual="
                + "missing [bias_hh_l0, bias_ih_l0, weight_hh_l0, weight_ih_l0], foreign [lstm.bias_hh_l0, lstm.bias_ih_l0, "
                + "lstm.weight_hh_l0, lstm.weight_ih_l0], file=" + file
                + ". Fix the model's settings, or name the prefix of the file's names.");
  }

  @Test
  void aNetworkOfAnotherWidthIsToldByItsShape() {
    Path file = file("f1-h5-l1-F32.safetensors");

    assertThatThrownBy(() -> WeightsFile.read(file, spec(1, 6, 1), PREFIX))
        .hasMessage("weights file rejected: field=lstm.weight_ih_l0.shape, expected=[24, 1],"
            + " actual=[20, 1], file=" + file + ". Fix the model's settings.");
  }
}
