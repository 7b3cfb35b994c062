package io.millrace.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One network in ONNX Runtime on one thread. Inputs and outputs are tensors over buffers made beforehand, the outputs pinned: the
 * shortest way that its Java interface has.
 */
final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();

  OnnxSession(Parameters parameters, boolean withHead) throws OrtException {
    ModelSpec spec = parameters.spec();
    this.session = environment.createSession(OnnxNetwork.of(parameters, withHead), options());
    inputs.put("x", tensor("x", 1, 1, spec.inputs()));
    for (int layer = 0; layer < spec.layers(); layer++) {
      for (String name : new String[] {"h", "c"}) {
        inputs.put(name + layer, tensor(name + layer, 1, 1, spec.hidden()));
        outputs.put(name + "n" + layer, tensor(name + "n" + layer, 1, 1, spec.hidden()));
      }
    }
    if (withHead) {
      outputs.put("y", tensor("y", 1, spec.outputs()));
    }
  }

  /** One thread, all optimisations. */
  static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    return options;
  }

  private OnnxTensor tensor(String name, long... shape) throws OrtException {
    int length = 1;
    for (long dimension : shape) {
      length *= (int) dimension;
    }
    FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * length)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
    buffers.put(name, buffer);
    return OnnxTensor.createTensor(environment, buffer, shape);
  }

  /** The memory of an input or output, to be read or written between two runs. */
  FloatBuffer buffer(String name) {
    return buffers.get(name).rewind();
  }

  @SuppressWarnings("try") // the outputs are pinned: the result only has to be closed
  void run() throws OrtException {
    try (OrtSession.Result result = session.run(inputs, outputs)) {}
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
