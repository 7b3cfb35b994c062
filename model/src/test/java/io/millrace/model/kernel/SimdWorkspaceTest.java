package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.Parameters;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the simd kernel keeps per thread is neither seen from outside nor paid for per event. */
class SimdWorkspaceTest {
  private static final int EVENTS = 2_000;

  private static final class KeyStream {
    private final Network network;
    private final float[] x;
    private final float[] y;
    private HiddenState before;
    private HiddenState after;

    KeyStream(Network network) {
      ModelSpec spec = network.spec();
      this.network = network;
      this.x = new float[spec.rowWidth()];
      this.y = new float[spec.outputs()];
      this.before = HiddenState.initial(spec);
      this.after = HiddenState.initial(spec);
    }

    private void event(int n) {
      ModelSpec spec = network.spec();
      for (int k = 0; k < x.length; k++) {
        x[k] = (float) Math.sin(n + 3 * k);
      }
      for (int slot = 0; slot < spec.slotCount(); slot++) {
        x[spec.numericColumns() + slot] = (n + slot) % (spec.slotSize(slot) + 1) - 1;
      }
      network.step(x, before, after);
      network.project(after, y);
      HiddenState spare = before;
      before = after;
      after = spare;
    }

    private float[] yAfter(int events) {
      for (int n = 0; n < events; n++) {
        event(n);
      }
      return y;
    }
  }

  private static Network network(int inputs, int hidden, int layers) {
    return network(new ModelSpec(Cell.LSTM, inputs, layers, hidden, Head.FORECAST));
  }

  private static Network network(ModelSpec spec) {
    return Kernels.choose("simd").kernel().load(Parameters.initial(spec, 29));
  }

  private static Network bf16Network(ModelSpec spec) {
    return WeightFormat.BF16.of(Kernels.choose("simd").kernel()).load(Parameters.initial(spec, 29));
  }

  @Test
  void networksThatTakeTurnsOnOneThreadDoNotDisturbEachOther() {
    Network wide = network(16, 65, 2);
    Network narrow = network(3, 7, 1);
    float[] wideAlone = new KeyStream(wide).yAfter(50);
    float[] narrowAlone = new KeyStream(narrow).yAfter(50);

    KeyStream first = new KeyStream(wide);
    KeyStream second = new KeyStream(narrow);
    for (int n = 0; n < 50; n++) {
      first.event(n);
      second.event(n);
    }

    assertThat(first.y).isEqualTo(wideAlone);
    assertThat(second.y).isEqualTo(narrowAlone);
  }

  @Test
  void oneNetworkServesManyThreadsAtOnce() throws Exception {
    Network shared = network(16, 65, 2);
    float[] alone = new KeyStream(shared).yAfter(EVENTS);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<float[]> stream = () -> new KeyStream(shared).yAfter(EVENTS);
      for (Future<float[]> y : threads.invokeAll(List.of(stream, stream, stream, stream))) {
        assertThat(y.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  static Stream<Network> networks() {
    ModelSpec odd = new ModelSpec(Cell.LSTM, 16, 2, 65, Head.FORECAST);
    return Stream.concat(
        Stream.of(network(odd), bf16Network(odd)),
        Models.categorical(1, 65).map(SimdWorkspaceTest::network));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void onceCompiledAnEventAllocatesNothing(Network network) {
    KeyStream stream = new KeyStream(network);

    assertThat(Allocation.onceCompiled(0, () -> stream.yAfter(EVENTS))).isZero();
  }
}
