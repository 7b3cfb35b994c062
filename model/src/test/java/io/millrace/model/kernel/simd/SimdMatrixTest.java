package io.millrace.model.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A matrix takes as few bytes as lose nothing, and multiplies as if it took all of them. */
class SimdMatrixTest {
  private static final float BF16 = Float.intBitsToFloat(0x3dcd0000);

  @Test
  void weightsOfBf16TakeHalfTheBytes() {
    assertThat(SimdMatrix.of(5, 3, (row, column) -> BF16)).isInstanceOf(SimdBf16Matrix.class);
  }

  @Test
  void oneWeightThatIsMoreThanBf16KeepsThemAllWhole() {
    float more = Math.nextUp(BF16);

    assertThat(SimdMatrix.of(5, 3, (row, column) -> row == 4 && column == 2 ? more : BF16))
        .isInstanceOf(SimdFloatMatrix.class);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,7", "8,2", "17,33", "31,1", "64,64", "65,9", "127,8", "129,31", "257,3"})
  void bothFormsGiveThePlainSum(int rows, int columns) {
    Random random = new Random(rows + 1000L * columns);
    float[][] weights = new float[rows][columns];
    float[] u = new float[columns + 1];
    for (int k = 0; k < columns; k++) {
      u[k + 1] = (float) random.nextGaussian();
      for (int row = 0; row < rows; row++) {
        int bits = Float.floatToRawIntBits((float) random.nextGaussian());
        weights[row][k] = Float.intBitsToFloat(bits & 0xffff0000);
      }
    }
    float[] start = new float[SimdAffine.padded(rows)];
    Arrays.fill(start, 0, rows, 0.5f);
    SimdMatrix.Source source = (row, column) -> weights[row][column];

    float[] whole = product(new SimdFloatMatrix(rows, columns, source), u, start);
    float[] half = product(new SimdBf16Matrix(rows, columns, source), u, start);

    for (int row = 0; row < rows; row++) {
      float sum = start[row];
      for (int k = 0; k < columns; k++) {
        sum = Math.fma(weights[row][k], u[k + 1], sum);
      }
      assertThat(whole[row]).isEqualTo(sum);
      assertThat(half[row]).isEqualTo(sum);
    }
  }

  private static float[] product(SimdMatrix matrix, float[] u, float[] start) {
    float[] z = new float[start.length];
    matrix.product(u, 1, start, 0, z, 0);
    return z;
  }
}
