package io.millrace.benchmarks.libtorch;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One model with drawn parameters, and sequences to run through it. The parameters are {@link Parameters#initial} of the seed, but
 * for the head's bias and skip, which are drawn too: a zero and a one would hide mistakes.
 */
final class ReferenceCase {
  private static final long SEED = 17;

  /** Beyond the bounds of the log variance, so that its gradient is cut. */
  private static final float BEYOND_BOUND = 12;

  private final ParameterLayout layout;
  private final float[] values;
  private final Random random;

  ReferenceCase(int inputs, int hidden, int layers) {
    this(new ModelSpec(Cell.LSTM, inputs, layers, hidden, Head.FORECAST));
  }

  ReferenceCase(ModelSpec spec) {
    this.layout = new ParameterLayout(spec);
    this.values = Parameters.initial(spec, SEED).toArray();
    this.random = new Random(31L * (31L * spec.inputs() + spec.hidden()) + spec.layers());
    for (int n = layout.headBias().offset(); n < layout.size(); n++) {
      values[n] = random.nextFloat() - 0.5f;
    }
    if (spec.head() == Head.FORECAST && spec.inputs() > 2) {
      values[layout.headBias().end() - 1] = spec.hidden() % 2 == 0 ? -BEYOND_BOUND : BEYOND_BOUND;
    }
  }

  ModelSpec spec() {
    return layout.spec();
  }

  ParameterLayout layout() {
    return layout;
  }

  TorchNetwork network(boolean learned) {
    return new TorchNetwork(layout, values, torch.ScalarType.Double, learned);
  }

  /** For example {@code f7-h8-l2.txt}, or {@code f7-h8-l2-category9.txt} for another head than the forecast's. */
  String fileName() {
    String shape =
        "f" + spec().inputs() + "-h" + spec().hidden() + "-l" + spec().layers();
    return switch (spec().head()) {
          case FORECAST -> shape;
          case CATEGORY -> shape + "-category" + spec().classes();
          case BINARY -> shape + "-binary";
          case REGRESSION -> shape + "-regression";
        }
        + ".txt";
  }

  void putModel(ReferenceFile file) {
    file.put("features", spec().inputs());
    file.put("hidden", spec().hidden());
    file.put("layers", spec().layers());
    file.put("seed", SEED);
    if (spec().head() != Head.FORECAST) {
      file.put("head", spec().head().name());
      file.put("classes", spec().classes());
    }
    file.put("head.bias", tensor(layout.headBias()));
    if (spec().head() == Head.FORECAST) {
      file.put("head.skip", tensor(layout.headSkip()));
    }
    file.put("parameters.crc32", checksum());
  }

  private float[] tensor(io.millrace.model.Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.end());
  }

  /** CRC-32 over all parameters as big-endian floats. */
  private long checksum() {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }

  /** Standard normal values. */
  float[] normals(int length) {
    float[] drawn = new float[length];
    for (int n = 0; n < length; n++) {
      drawn[n] = (float) random.nextGaussian();
    }
    return drawn;
  }

  /** What the head of the model may have to predict. */
  float[] targets(int steps) {
    return switch (spec().head()) {
      case FORECAST, REGRESSION -> normals(steps * spec().targets());
      case CATEGORY -> numbers(steps, spec().classes());
      case BINARY -> numbers(steps, 2);
    };
  }

  private float[] numbers(int length, int bound) {
    float[] drawn = new float[length];
    for (int n = 0; n < length; n++) {
      drawn[n] = random.nextInt(bound);
    }
    return drawn;
  }

  /** Values that a hidden state may hold: uniform in +-0.9. */
  float[] hiddenStates(int length) {
    float[] drawn = new float[length];
    for (int n = 0; n < length; n++) {
      drawn[n] = 1.8f * (random.nextFloat() - 0.5f);
    }
    return drawn;
  }

  /** One in four is 0. */
  float[] mask(int length) {
    float[] drawn = new float[length];
    for (int n = 0; n < length; n++) {
      drawn[n] = random.nextInt(4) == 0 ? 0 : 1;
    }
    return drawn;
  }

  static Tensor tensor(float[] values, long... shape) {
    return Tensor.create(values, shape).to(torch.ScalarType.Double);
  }

  TensorVector state(float[] h, float[] c) {
    long[] shape = {spec().layers(), 1, spec().hidden()};
    return new TensorVector(tensor(h, shape), tensor(c, shape));
  }

  static double[] array(Tensor tensor) {
    double[] values = new double[(int) tensor.numel()];
    tensor.contiguous().data_ptr_double().get(values);
    return values;
  }
}
