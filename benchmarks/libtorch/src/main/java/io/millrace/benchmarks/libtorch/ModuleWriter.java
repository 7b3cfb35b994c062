package io.millrace.benchmarks.libtorch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Networks as a user of PyTorch makes them: {@code self.lstm = nn.LSTM(F, H, L)} and {@code self.head = nn.Linear(H, 2 * F)}, with
 * libtorch's own random parameters under libtorch's own names. Each becomes a safetensors file, and a text file with what libtorch
 * says of some inputs, in float64, by the parameters as the file holds them.
 */
final class ModuleWriter {
  private static final int SEED = 20;
  private static final int STEPS = 12;

  private static final List<Storage> STORAGES = List.of(
      new Storage("F64", ScalarType.Double),
      new Storage("F32", ScalarType.Float),
      new Storage("F16", ScalarType.Half),
      new Storage("BF16", ScalarType.BFloat16));

  private final Path directory;

  /** How a file holds its values, by the format's name and by libtorch's. */
  private record Storage(String name, ScalarType type) {}

  ModuleWriter(Path directory) {
    this.directory = directory;
  }

  void write(int inputs, int hidden, int layers) throws IOException {
    for (Storage storage : STORAGES) {
      write(inputs, hidden, layers, storage);
    }
  }

  @SuppressWarnings("try") // the scope frees what is made within it
  private void write(int inputs, int hidden, int layers, Storage storage) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      torch.manual_seed(SEED);
      LSTMOptions options = new LSTMOptions(inputs, hidden);
      options.num_layers().put(layers);
      options.batch_first().put(true);
      LSTMImpl lstm = new LSTMImpl(options);
      LinearImpl head = new LinearImpl(hidden, 2L * inputs);
      lstm.to(storage.type());
      head.to(storage.type(), false);
      String name = "f" + inputs + "-h" + hidden + "-l" + layers + "-" + storage.name();
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      putParameters(tensors, "lstm.", lstm);
      putParameters(tensors, "head.", head);
      SafetensorsFile.write(directory.resolve(name + ".safetensors"), storage.name(), tensors);
      lstm.to(ScalarType.Double);
      head.to(ScalarType.Double, false);
      outputs(lstm, head, inputs).write(directory.resolve(name + ".txt"));
    }
  }

  private static void putParameters(Map<String, Tensor> tensors, String prefix, Module module) {
    StringTensorDict parameters = module.named_parameters();
    for (long n = 0; n < parameters.size(); n++) {
      tensors.put(
          prefix + parameters.get(n).key().getString(), parameters.get(n).value());
    }
  }

  private static ReferenceFile outputs(LSTMImpl lstm, LinearImpl head, int inputs) {
    Tensor drawn = torch.randn(1, STEPS, inputs);
    Tensor h = lstm.forward(drawn.to(ScalarType.Double)).get0();
    ReferenceFile file = new ReferenceFile("libtorch " + ReferenceWriter.version()
        + ", float64, one thread. Read by WeightsFileTest.java.");
    float[] x = new float[(int) drawn.numel()];
    drawn.contiguous().data_ptr_float().get(x);
    file.put("inputs", x);
    file.put("outputs", ReferenceCase.array(h));
    file.put("projections", ReferenceCase.array(head.forward(h)));
    return file;
  }
}
