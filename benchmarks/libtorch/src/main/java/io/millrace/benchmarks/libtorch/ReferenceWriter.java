package io.millrace.benchmarks.libtorch;

import io.millrace.model.BuiltIn;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Writes what libtorch says, in float64 and on one thread, of our parameters: outputs into {@code forward/}, losses and their
 * gradients into {@code gradient/}. {@code ./benchmarks/run reference} calls it for {@code model/src/test/resources/reference};
 * {@code Reference} in the tests of {@code model} explains the layout and reads it. Networks with libtorch's own parameters, as
 * safetensors files, go into {@code serde/src/test/resources/libtorch}.
 */
public final class ReferenceWriter {
  /** F, H, L: chosen to break unrolling. */
  private static final int[][] FORWARD_SIZES = {
    {1, 1, 1}, {3, 7, 1}, {7, 8, 2}, {8, 9, 3}, {9, 31, 2}, {31, 33, 1}, {16, 64, 1}
  };

  private static final int[][] GRADIENT_SIZES = {
    {1, 1, 1}, {3, 7, 1}, {7, 8, 2}, {8, 9, 3}, {5, 17, 1}, {16, 33, 1}, {9, 31, 2}
  };

  private static final List<ModelSpec> OTHER_HEADS = List.of(
      numeric(1, 1, 1, Head.CATEGORY, 2),
      numeric(3, 1, 7, Head.CATEGORY, 5),
      numeric(7, 2, 8, Head.CATEGORY, 33),
      numeric(5, 1, 9, Head.CATEGORY, 129),
      numeric(3, 1, 7, Head.BINARY, 0),
      numeric(8, 3, 9, Head.BINARY, 0),
      numeric(3, 1, 7, Head.REGRESSION, 0),
      numeric(8, 3, 9, Head.REGRESSION, 0));

  private static final int[][] MODULE_SIZES = {{1, 5, 1}, {3, 7, 2}};

  private static final int[] SEQUENCE_STEPS = {6, 1, 3};
  private static final int[] WINDOW_STEPS = {4, 1, 7, 2, 5};

  private final Path directory;

  private ReferenceWriter(Path directory) {
    this.directory = directory;
  }

  /** Of an odd number of inputs the gap is one, and a feature has two of the others. */
  private static ModelSpec numeric(int inputs, int layers, int hidden, Head head, int classes) {
    Set<BuiltIn> builtIns = inputs % 2 == 0 ? Set.of() : Set.of(BuiltIn.TIME_GAP);
    InputSpec input = new InputSpec(inputs / 2, builtIns, List.of(), false);
    return new ModelSpec(Cell.LSTM, input, layers, hidden, head, classes);
  }

  /** @param args the directories to write into: for our parameters, and for libtorch's own */
  public static void main(String[] args) throws IOException {
    torch.set_num_threads(1);
    ReferenceWriter writer = new ReferenceWriter(Path.of(args[0]));
    for (int[] size : FORWARD_SIZES) {
      writer.writeForward(new ReferenceCase(size[0], size[1], size[2]));
    }
    for (int[] size : GRADIENT_SIZES) {
      writer.writeGradient(new ReferenceCase(size[0], size[1], size[2]));
    }
    for (ModelSpec spec : OTHER_HEADS) {
      writer.writeGradient(new ReferenceCase(spec));
    }
    ModuleWriter modules = new ModuleWriter(Path.of(args[1]));
    for (int[] size : MODULE_SIZES) {
      modules.write(size[0], size[1], size[2]);
    }
  }

  private static ReferenceFile file(ReferenceCase reference) {
    ReferenceFile file = new ReferenceFile(
        "libtorch " + version() + ", float64, one thread. Read by Reference.java.");
    reference.putModel(file);
    return file;
  }

  static String version() {
    return torch.class.getPackage().getImplementationVersion();
  }

  private void writeForward(ReferenceCase reference) throws IOException {
    ReferenceFile file = file(reference);
    TorchNetwork network = reference.network(false);
    file.put("sequences", SEQUENCE_STEPS.length);
    for (int n = 0; n < SEQUENCE_STEPS.length; n++) {
      putSequence(file, "sequence." + n + ".", SEQUENCE_STEPS[n], reference, network);
    }
    file.write(directory.resolve("forward").resolve(reference.fileName()));
  }

  @SuppressWarnings("try") // the scope frees what is made within it
  private static void putSequence(
      ReferenceFile file, String name, int steps, ReferenceCase reference, TorchNetwork network) {
    try (PointerScope scope = new PointerScope()) {
      Window window = Window.draw(reference, steps);
      window.put(file, name);
      T_TensorTensorTensor_T out =
          network.lstm(window.x(), reference.state(window.h(), window.c()));
      file.put(name + "outputs", ReferenceCase.array(out.get0()));
      file.put(name + "final.h", ReferenceCase.array(out.get1()));
      file.put(name + "final.c", ReferenceCase.array(out.get2()));
      file.put(name + "projections", ReferenceCase.array(network.project(out.get0())));
    }
  }

  private void writeGradient(ReferenceCase reference) throws IOException {
    ReferenceFile file = file(reference);
    TorchNetwork network = reference.network(true);
    file.put("windows", WINDOW_STEPS.length);
    double lossSum = 0;
    long steps = 0;
    for (int n = 0; n < WINDOW_STEPS.length; n++) {
      float[] mask = n == WINDOW_STEPS.length - 1
          ? new float[WINDOW_STEPS[n]] // a window that has nothing to teach
          : reference.mask(WINDOW_STEPS[n]);
      lossSum += putWindow(file, "window." + n + ".", mask, reference, network);
      steps += ones(mask);
    }
    file.put("steps", steps);
    file.put("lossSum", lossSum);
    for (int n = 0; n < network.leaves().size(); n++) {
      file.put(
          "gradient." + reference.layout().tensors().get(n).name(),
          ReferenceCase.array(network.leaves().get(n).grad()));
    }
    file.write(directory.resolve("gradient").resolve(reference.fileName()));
  }

  private static long ones(float[] mask) {
    return IntStream.range(0, mask.length).filter(t -> mask[t] == 1).count();
  }

  /** Adds the gradient to that of the windows before. */
  @SuppressWarnings("try") // the scope frees what is made within it
  private static double putWindow(
      ReferenceFile file,
      String name,
      float[] mask,
      ReferenceCase reference,
      TorchNetwork network) {
    try (PointerScope scope = new PointerScope()) {
      Window window = Window.draw(reference, mask.length);
      window.put(file, name);
      float[] targets = reference.targets(mask.length);
      file.put(name + "targets", targets);
      file.put(name + "mask", mask);
      Tensor h =
          network.lstm(window.x(), reference.state(window.h(), window.c())).get0();
      Tensor loss = network
          .losses(
              window.x(),
              h,
              ReferenceCase.tensor(targets, 1, mask.length, reference.spec().targets()))
          .mul(ReferenceCase.tensor(mask, 1, mask.length))
          .sum();
      loss.backward();
      return loss.item_double();
    }
  }

  /** Inputs [T,F] from a state [L*H] that is not zero. */
  private record Window(float[] h, float[] c, float[] inputs, Tensor x) {
    static Window draw(ReferenceCase reference, int steps) {
      int width = reference.spec().inputs();
      float[] inputs = reference.normals(steps * width);
      return new Window(
          reference.hiddenStates(reference.spec().stateSize()),
          reference.normals(reference.spec().stateSize()),
          inputs,
          ReferenceCase.tensor(inputs, 1, steps, width));
    }

    void put(ReferenceFile file, String name) {
      file.put(name + "initial.h", h);
      file.put(name + "initial.c", c);
      file.put(name + "inputs", inputs);
    }
  }
}
