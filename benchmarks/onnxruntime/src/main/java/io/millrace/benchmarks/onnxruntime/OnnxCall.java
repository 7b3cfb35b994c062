package io.millrace.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * One network in ONNX Runtime on one thread, called as the pages of its Java interface show it, by an application that has h and c
 * in arrays of its own: a tensor made for each input, {@code run}, each result read, all of them closed.
 */
final class OnnxCall implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String[] h;
  private final String[] c;
  private final int hidden;

  OnnxCall(Parameters parameters, boolean withHead) throws OrtException {
    ModelSpec spec = parameters.spec();
    this.session =
        environment.createSession(OnnxNetwork.of(parameters, withHead), OnnxSession.options());
    this.hidden = spec.hidden();
    this.h = new String[spec.layers()];
    this.c = new String[spec.layers()];
    for (int layer = 0; layer < spec.layers(); layer++) {
      h[layer] = "h" + layer;
      c[layer] = "c" + layer;
    }
  }

  /**
   * @param state before the event; overwritten: after it
   * @param y written: the head's outputs; empty where there is no head
   */
  void step(float[] x, HiddenState state, float[] y) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put("x", tensor(x, 0, x.length));
      for (int layer = 0; layer < h.length; layer++) {
        inputs.put(h[layer], tensor(state.h(), layer * hidden, hidden));
        inputs.put(c[layer], tensor(state.c(), layer * hidden, hidden));
      }
      try (OrtSession.Result results = session.run(inputs)) {
        read(results, state, y);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(float[] values, int from, int length) throws OrtException {
    FloatBuffer buffer = FloatBuffer.wrap(values, from, length);
    return OnnxTensor.createTensor(environment, buffer, new long[] {1, 1, length});
  }

  /** Outputs come in the order in which the network names them: h and c of each layer, then y. */
  private void read(OrtSession.Result results, HiddenState state, float[] y) {
    for (int layer = 0; layer < h.length; layer++) {
      buffer(results, 2 * layer).get(state.h(), layer * hidden, hidden);
      buffer(results, 2 * layer + 1).get(state.c(), layer * hidden, hidden);
    }
    if (y.length > 0) {
      buffer(results, 2 * h.length).get(y);
    }
  }

  private static FloatBuffer buffer(OrtSession.Result results, int output) {
    return ((OnnxTensor) results.get(output)).getFloatBuffer();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
