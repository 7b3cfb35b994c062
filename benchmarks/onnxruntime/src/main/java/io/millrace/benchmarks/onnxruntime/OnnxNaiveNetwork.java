package io.millrace.benchmarks.onnxruntime;

import ai.onnxruntime.OrtException;
import io.millrace.benchmarks.stream.application.NaiveNetwork;
import io.millrace.model.HiddenState;
import io.millrace.model.Parameters;

/** ONNX Runtime once an event: the key's state is copied in and out. */
public final class OnnxNaiveNetwork implements NaiveNetwork.Provider {
  @Override
  public NaiveNetwork load(Parameters parameters) {
    try {
      OnnxSession session = new OnnxSession(parameters, true);
      int layers = parameters.spec().layers();
      return (x, state, y) -> step(session, layers, x, state, y);
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime refused the network", e);
    }
  }

  private static void step(
      OnnxSession session, int layers, float[] x, HiddenState state, float[] y) {
    int width = state.h().length / layers;
    session.buffer("x").put(x);
    for (int layer = 0; layer < layers; layer++) {
      session.buffer("h" + layer).put(state.h(), layer * width, width);
      session.buffer("c" + layer).put(state.c(), layer * width, width);
    }
    run(session);
    for (int layer = 0; layer < layers; layer++) {
      session.buffer("hn" + layer).get(state.h(), layer * width, width);
      session.buffer("cn" + layer).get(state.c(), layer * width, width);
    }
    session.buffer("y").get(y);
  }

  private static void run(OnnxSession session) {
    try {
      session.run();
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime refused an event", e);
    }
  }
}
