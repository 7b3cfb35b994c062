package io.millrace.model.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import io.millrace.model.kernel.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One value of one unit is uncommon, whichever it is; all others are as usual. */
class SimdCellsTest {
  private static final int HIDDEN = 67;
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 3, 1, HIDDEN, Head.FORECAST);
  private static final float[] ROW = {0.3f, -0.2f, 0.9f};

  @ParameterizedTest
  @ValueSource(
      floats = {
        8,
        -8,
        8.000001f,
        -8.000001f,
        16,
        -16,
        16.000002f,
        -16.000002f,
        50,
        -1e20f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
      })
  void ofAGateTheScalarNetworkMakesTheSame(float bias) {
    for (int row = 0; row < 4 * HIDDEN; row++) {
      requireScalarStep(withBias(row, bias), state(0, 0.5f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        9,
        -9,
        8.000001f,
        -8.000001f,
        300,
        -1e20f,
        0,
        -0f,
        Float.MIN_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN
      })
  void ofACellStateTheScalarNetworkMakesTheSame(float c) {
    for (int unit = 0; unit < HIDDEN; unit++) {
      requireScalarStep(Parameters.initial(SPEC, 5), state(unit, c));
    }
  }

  @Test
  void eachRowIsAGateOfAUnit() {
    int[] seen = new int[4 * HIDDEN];
    for (int row = 0; row < SimdCells.rows(HIDDEN); row++) {
      if (SimdCells.unit(row) < HIDDEN) {
        seen[SimdCells.gate(row) * HIDDEN + SimdCells.unit(row)]++;
      }
    }

    assertThat(seen).containsOnly(1);
  }

  private static Parameters withBias(int row, float bias) {
    Parameters initial = Parameters.initial(SPEC, 5);
    Tensor biasIh = initial.layout().biasIh(0);
    float[] values = initial.toArray();
    values[biasIh.offset() + row] = bias;
    return new Parameters(initial.layout(), values);
  }

  private static HiddenState state(int unit, float value) {
    float[] h = new float[HIDDEN];
    float[] c = new float[HIDDEN];
    Arrays.fill(h, 0.25f);
    Arrays.fill(c, 0.5f);
    c[unit] = value;
    return new HiddenState(h, c);
  }

  private static void requireScalarStep(Parameters parameters, HiddenState before) {
    HiddenState expected = step("scalar", parameters, before);
    HiddenState actual = step("simd", parameters, before);

    assertThat(actual.c()).isEqualTo(expected.c());
    assertThat(actual.h()).isEqualTo(expected.h());
  }

  private static HiddenState step(String kernel, Parameters parameters, HiddenState before) {
    HiddenState after = HiddenState.initial(SPEC);
    Kernels.choose(kernel).kernel().load(parameters).step(ROW, before, after);
    return after;
  }
}
