package io.millrace.benchmarks.onnxruntime;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Our parameters as an ONNX model of one event: an {@code LSTM} a layer and, where asked for, a {@code Gemm} for the head. Field
 * numbers are those of {@code onnx.proto3}, operators those of opset 14.
 *
 * <pre>
 *   x:[1,1,F], h0..:[1,1,H], c0..:[1,1,H]  ->  hn0..:[1,1,H], cn0..:[1,1,H], y:[1,Y]
 * </pre>
 */
final class OnnxNetwork {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 14;
  private static final int FLOAT = 1;
  private static final int INT = 2;

  /** ONNX has the gates as i, o, f, c; we have i, f, g, o. */
  private static final int[] GATES = {0, 3, 1, 2};

  private final ModelSpec spec;
  private final ParameterLayout layout;
  private final Parameters parameters;
  private final Protobuf graph = new Protobuf();

  private OnnxNetwork(Parameters parameters) {
    this.spec = parameters.spec();
    this.layout = parameters.layout();
    this.parameters = parameters;
  }

  /** The model's file. */
  static byte[] of(Parameters parameters, boolean withHead) {
    return new OnnxNetwork(parameters).model(withHead);
  }

  private byte[] model(boolean withHead) {
    for (int layer = 0; layer < spec.layers(); layer++) {
      graph.message(1, lstm(layer));
    }
    if (withHead) {
      flatten();
      graph.message(1, head());
    }
    graph.text(2, "millrace");
    initializers(withHead);
    inputs();
    outputs(withHead);
    return new Protobuf()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new Protobuf().text(1, "").number(2, OPSET))
        .toByteArray();
  }

  private Protobuf lstm(int layer) {
    String input = layer == 0 ? "x" : "hn" + (layer - 1);
    Protobuf node = new Protobuf();
    for (String name :
        List.of(input, "W" + layer, "R" + layer, "B" + layer, "", "h" + layer, "c" + layer)) {
      node.text(1, name);
    }
    for (String name : List.of("", "hn" + layer, "cn" + layer)) {
      node.text(2, name);
    }
    return node.text(3, "lstm" + layer)
        .text(4, "LSTM")
        .message(5, attribute("hidden_size", spec.hidden()));
  }

  private static Protobuf attribute(String name, long value) {
    return new Protobuf().text(1, name).number(3, value).number(20, INT);
  }

  /** Gemm takes matrices: [1,1,H] becomes [1,H]. */
  private void flatten() {
    graph.message(
        1,
        new Protobuf()
            .text(1, "hn" + (spec.layers() - 1))
            .text(2, "top")
            .text(3, "flatten")
            .text(4, "Flatten")
            .message(5, attribute("axis", 2)));
  }

  private static Protobuf head() {
    return new Protobuf()
        .text(1, "top")
        .text(1, "headWeight")
        .text(1, "headBias")
        .text(2, "y")
        .text(3, "head")
        .text(4, "Gemm")
        .message(5, attribute("transB", 1));
  }

  private void initializers(boolean withHead) {
    int gates = 4 * spec.hidden();
    for (int layer = 0; layer < spec.layers(); layer++) {
      initializer("W" + layer, reordered(layout.weightIh(layer)), 1, gates, spec.inputsOf(layer));
      initializer("R" + layer, reordered(layout.weightHh(layer)), 1, gates, spec.hidden());
      initializer("B" + layer, biases(layer), 1, 2L * gates);
    }
    if (withHead) {
      Tensor weight = layout.headWeight();
      initializer("headWeight", parameters.copyOf(weight), weight.rows(), weight.columns());
      initializer("headBias", parameters.copyOf(layout.headBias()), spec.outputs());
    }
  }

  private float[] biases(int layer) {
    float[] ih = reordered(layout.biasIh(layer));
    float[] hh = reordered(layout.biasHh(layer));
    float[] both = new float[ih.length + hh.length];
    System.arraycopy(ih, 0, both, 0, ih.length);
    System.arraycopy(hh, 0, both, ih.length, hh.length);
    return both;
  }

  private float[] reordered(Tensor tensor) {
    float[] ours = parameters.copyOf(tensor);
    float[] theirs = new float[ours.length];
    int block = ours.length / GATES.length;
    for (int gate = 0; gate < GATES.length; gate++) {
      System.arraycopy(ours, GATES[gate] * block, theirs, gate * block, block);
    }
    return theirs;
  }

  private void initializer(String name, float[] values, long... shape) {
    ByteBuffer raw =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    Protobuf tensor = new Protobuf();
    for (long dimension : shape) {
      tensor.number(1, dimension);
    }
    graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
  }

  private void inputs() {
    graph.message(11, value("x", 1, 1, spec.inputs()));
    for (String name : states("h", "c")) {
      graph.message(11, value(name, 1, 1, spec.hidden()));
    }
  }

  private void outputs(boolean withHead) {
    for (String name : states("hn", "cn")) {
      graph.message(12, value(name, 1, 1, spec.hidden()));
    }
    if (withHead) {
      graph.message(12, value("y", 1, spec.outputs()));
    }
  }

  private List<String> states(String h, String c) {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      names.add(h + layer);
      names.add(c + layer);
    }
    return names;
  }

  private static Protobuf value(String name, long... shape) {
    Protobuf dimensions = new Protobuf();
    for (long dimension : shape) {
      dimensions.message(1, new Protobuf().number(1, dimension));
    }
    Protobuf tensor = new Protobuf().number(1, FLOAT).message(2, dimensions);
    return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
  }
}
