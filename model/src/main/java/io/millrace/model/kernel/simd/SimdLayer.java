package io.millrace.model.kernel.simd;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Slot;

/** One recurrent layer: {@code z = weight_ih x + weight_hh h + bias}, summed from the bias on, and what its cells make of it. */
interface SimdLayer {

  /**
   * @param x the layer's inputs are read from {@code xAt}: a row, or the h below
   * @param before of all layers; this one's part is read
   * @param after of all layers, not {@code before}; this one's part is written
   */
  void step(float[] x, int xAt, HiddenState before, HiddenState after, Workspace workspace);

  static SimdLayer of(Parameters parameters, int layer) {
    ModelSpec spec = parameters.spec();
    ParameterLayout layout = parameters.layout();
    SimdGateRows weightIh = new SimdGateRows(parameters, layout.weightIh(layer));
    SimdGateRows weightHh = new SimdGateRows(parameters, layout.weightHh(layer));
    SimdGateRows biasIh = new SimdGateRows(parameters, layout.biasIh(layer));
    SimdGateRows biasHh = new SimdGateRows(parameters, layout.biasHh(layer));
    SimdMatrix.Source input = (row, column) -> column == SimdAffine.BIAS
        ? biasIh.at(row, 0) + biasHh.at(row, 0)
        : weightIh.at(row, column);
    int hidden = spec.hidden();
    int stateAt = layer * hidden;
    if (layer == 0 && spec.slotCount() > 0) {
      int rows = SimdCells.rows(hidden);
      return new SimdSlotLayer(
          new SimdAffine(rows, spec.numericColumns(), input),
          new SimdSlots(Slot.of(layout), parameters, rows, input),
          new SimdCells(hidden, stateAt, hidden, weightHh::at));
    }
    int inputs = spec.inputsOf(layer);
    SimdMatrix.Source both = (row, column) ->
        column < inputs ? weightIh.at(row, column) : weightHh.at(row, column - inputs);
    return new SimdDenseLayer(
        inputs,
        hidden,
        stateAt,
        SimdAffine.bias(SimdCells.rows(hidden), input),
        new SimdCells(hidden, stateAt, inputs + hidden, both));
  }
}
