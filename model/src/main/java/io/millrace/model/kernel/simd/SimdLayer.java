package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * One recurrent layer. Units are taken in blocks of a vector's length {@code S}, two blocks at once: eight sums in flight hide the
 * latency of a fused multiply-add.
 *
 * <pre>
 *   packed [blocks][1 + inputs + H][4][S]: the biases' sum, then the weights of each k; gates i, f, g, o of S units together
 * </pre>
 */
final class SimdLayer {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int ROW = 4 * LANES;

  private final int inputs;
  private final int hidden;
  private final int stateAt;
  private final int blocks;
  private final int blockSize;
  private final float[] packed;
  private final VectorMask<Float> full;
  private final VectorMask<Float> tail;

  SimdLayer(Parameters parameters, int layer) {
    ModelSpec spec = parameters.spec();
    this.inputs = spec.inputsOf(layer);
    this.hidden = spec.hidden();
    this.stateAt = layer * hidden;
    this.blocks = (hidden + LANES - 1) / LANES;
    this.blockSize = (1 + inputs + hidden) * ROW;
    this.packed = new float[Math.multiplyExact(blocks, blockSize)];
    this.full = S.maskAll(true);
    this.tail = S.indexInRange((blocks - 1) * LANES, hidden);
    pack(parameters, layer);
  }

  private void pack(Parameters parameters, int layer) {
    ParameterLayout layout = parameters.layout();
    Tensor weightIh = layout.weightIh(layer);
    Tensor weightHh = layout.weightHh(layer);
    for (int unit = 0; unit < hidden; unit++) {
      for (int gate = 0; gate < 4; gate++) {
        int row = gate * hidden + unit;
        int at = unit / LANES * blockSize + gate * LANES + unit % LANES;
        packed[at] = parameters.at(layout.biasIh(layer), row, 0)
            + parameters.at(layout.biasHh(layer), row, 0);
        for (int k = 0; k < inputs; k++) {
          packed[at + (1 + k) * ROW] = parameters.at(weightIh, row, k);
        }
        for (int k = 0; k < hidden; k++) {
          packed[at + (1 + inputs + k) * ROW] = parameters.at(weightHh, row, k);
        }
      }
    }
  }

  /** {@code x} is read from {@code xAt}; the states are those of all layers. */
  void step(float[] x, int xAt, float[] h, float[] c, float[] hNext, float[] cNext) {
    int block = 0;
    for (; block + 1 < blocks; block += 2) {
      two(block, x, xAt, h, c, hNext, cNext);
    }
    if (block < blocks) {
      one(block, x, xAt, h, c, hNext, cNext);
    }
  }

  private void two(
      int block, float[] x, int xAt, float[] h, float[] c, float[] hNext, float[] cNext) {
    int a = block * blockSize;
    int b = a + blockSize;
    FloatVector ia = weights(a);
    FloatVector fa = weights(a + LANES);
    FloatVector ga = weights(a + 2 * LANES);
    FloatVector oa = weights(a + 3 * LANES);
    FloatVector ib = weights(b);
    FloatVector fb = weights(b + LANES);
    FloatVector gb = weights(b + 2 * LANES);
    FloatVector ob = weights(b + 3 * LANES);
    a += ROW;
    b += ROW;
    for (int k = 0; k < inputs; k++, a += ROW, b += ROW) {
      FloatVector v = FloatVector.broadcast(S, x[xAt + k]);
      ia = weights(a).fma(v, ia);
      fa = weights(a + LANES).fma(v, fa);
      ga = weights(a + 2 * LANES).fma(v, ga);
      oa = weights(a + 3 * LANES).fma(v, oa);
      ib = weights(b).fma(v, ib);
      fb = weights(b + LANES).fma(v, fb);
      gb = weights(b + 2 * LANES).fma(v, gb);
      ob = weights(b + 3 * LANES).fma(v, ob);
    }
    for (int k = 0; k < hidden; k++, a += ROW, b += ROW) {
      FloatVector v = FloatVector.broadcast(S, h[stateAt + k]);
      ia = weights(a).fma(v, ia);
      fa = weights(a + LANES).fma(v, fa);
      ga = weights(a + 2 * LANES).fma(v, ga);
      oa = weights(a + 3 * LANES).fma(v, oa);
      ib = weights(b).fma(v, ib);
      fb = weights(b + LANES).fma(v, fb);
      gb = weights(b + 2 * LANES).fma(v, gb);
      ob = weights(b + 3 * LANES).fma(v, ob);
    }
    finish(block, full, ia, fa, ga, oa, c, hNext, cNext);
    finish(block + 1, block + 2 == blocks ? tail : full, ib, fb, gb, ob, c, hNext, cNext);
  }

  private void one(
      int block, float[] x, int xAt, float[] h, float[] c, float[] hNext, float[] cNext) {
    int a = block * blockSize;
    FloatVector i = weights(a);
    FloatVector f = weights(a + LANES);
    FloatVector g = weights(a + 2 * LANES);
    FloatVector o = weights(a + 3 * LANES);
    a += ROW;
    for (int k = 0; k < inputs; k++, a += ROW) {
      FloatVector v = FloatVector.broadcast(S, x[xAt + k]);
      i = weights(a).fma(v, i);
      f = weights(a + LANES).fma(v, f);
      g = weights(a + 2 * LANES).fma(v, g);
      o = weights(a + 3 * LANES).fma(v, o);
    }
    for (int k = 0; k < hidden; k++, a += ROW) {
      FloatVector v = FloatVector.broadcast(S, h[stateAt + k]);
      i = weights(a).fma(v, i);
      f = weights(a + LANES).fma(v, f);
      g = weights(a + 2 * LANES).fma(v, g);
      o = weights(a + 3 * LANES).fma(v, o);
    }
    finish(block, tail, i, f, g, o, c, hNext, cNext);
  }

  private FloatVector weights(int at) {
    return FloatVector.fromArray(S, packed, at);
  }

  /** c' = f c + i g, h' = o tanh(c') for the units of one block. */
  private void finish(
      int block,
      VectorMask<Float> units,
      FloatVector i,
      FloatVector f,
      FloatVector g,
      FloatVector o,
      float[] c,
      float[] hNext,
      float[] cNext) {
    int at = stateAt + block * LANES;
    FloatVector old = FloatVector.fromArray(S, c, at, units);
    FloatVector added = SimdActivations.sigmoid(i).mul(SimdActivations.tanh(g));
    FloatVector next = SimdActivations.sigmoid(f).fma(old, added);
    next.intoArray(cNext, at, units);
    SimdActivations.sigmoid(o).mul(SimdActivations.tanh(next)).intoArray(hNext, at, units);
  }
}
