package io.millrace.benchmarks.dl4j;

import io.millrace.benchmarks.common.Size;
import io.millrace.benchmarks.stream.application.NaiveNetwork;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import java.util.Map;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code rnnTimeStep} once an event: the key's state is put in before and taken out after. Weights are the library's own. */
public final class Dl4jNaiveNetwork implements NaiveNetwork.Provider {
  private static final String H = LSTM.STATE_KEY_PREV_ACTIVATION;
  private static final String C = LSTM.STATE_KEY_PREV_MEMCELL;

  @Override
  public NaiveNetwork load(Parameters parameters) {
    ModelSpec spec = parameters.spec();
    MultiLayerNetwork network =
        Workload.lstmAndHead(new Size(1, 1, spec.inputs(), spec.hidden(), spec.layers()));
    return (x, state, y) -> step(network, spec, x, state, y);
  }

  private static void step(
      MultiLayerNetwork network, ModelSpec spec, float[] x, HiddenState state, float[] y) {
    int width = spec.hidden();
    for (int layer = 0; layer < spec.layers(); layer++) {
      network.rnnSetPreviousState(
          layer,
          Map.of(H, row(state.h(), layer * width, width), C, row(state.c(), layer * width, width)));
    }
    INDArray forecast = network.rnnTimeStep(row(x, 0, x.length));
    for (int layer = 0; layer < spec.layers(); layer++) {
      Map<String, INDArray> after = network.rnnGetPreviousState(layer);
      System.arraycopy(after.get(H).toFloatVector(), 0, state.h(), layer * width, width);
      System.arraycopy(after.get(C).toFloatVector(), 0, state.c(), layer * width, width);
    }
    System.arraycopy(forecast.toFloatVector(), 0, y, 0, y.length);
  }

  private static INDArray row(float[] values, int from, int length) {
    float[] own = new float[length];
    System.arraycopy(values, from, own, 0, length);
    return Nd4j.create(own, new long[] {1, length}, 'c');
  }
}
