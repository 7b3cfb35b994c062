package io.millrace.model.kernel.simd;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Network;

/**
 * The layers and the head, packed. Allocates nothing per event.
 *
 * <p>That holds by construction: no method on the way takes or returns a vector, so whatever C2 decides to inline or not, no
 * vector crosses a call and none is boxed. What passes pass on to each other lies in the thread's {@link Workspace}.
 */
final class SimdNetwork implements Network {
  private final ModelSpec spec;
  private final SimdLayer[] layers;
  private final SimdHead head;

  SimdNetwork(Parameters parameters) {
    this.spec = parameters.spec();
    this.layers = new SimdLayer[spec.layers()];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = SimdLayer.of(parameters, layer);
    }
    this.head = new SimdHead(parameters);
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public void step(float[] row, HiddenState before, HiddenState after) {
    Workspace workspace = Workspace.mine();
    layers[0].step(row, 0, before, after, workspace);
    for (int layer = 1; layer < layers.length; layer++) {
      layers[layer].step(after.h(), (layer - 1) * spec.hidden(), before, after, workspace);
    }
  }

  @Override
  public void project(HiddenState state, float[] y) {
    head.project(state.h(), y, Workspace.mine());
  }
}
