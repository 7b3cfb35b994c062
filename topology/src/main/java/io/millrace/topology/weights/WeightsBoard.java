package io.millrace.topology.weights;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.learn.sync.MergedWeights;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest weights of this instance: decoded and packed once a version, swapped at once, read by every thread.
 *
 * <p>Before any were published they are version 0, which follows from specification and seed.
 */
public final class WeightsBoard {
  private final ParameterLayout layout;
  private final Kernel kernel;
  private final AtomicReference<Entry> newest;

  /** The same version as scorers and as learners take it. */
  private record Entry(MergedWeights merged, Weights packed) {}

  public WeightsBoard(ModelSpec spec, long seed, Kernel kernel) {
    this.layout = new ParameterLayout(spec);
    this.kernel = kernel;
    Parameters initial = Parameters.initial(spec, seed);
    this.newest = new AtomicReference<>(
        new Entry(MergedWeights.initial(initial.toArray()), Weights.of(0, initial, kernel)));
  }

  public ModelSpec spec() {
    return layout.spec();
  }

  /** For scoring. */
  public Weights packed() {
    return newest.get().packed();
  }

  /** For learning. */
  public MergedWeights merged() {
    return newest.get().merged();
  }

  /** Takes a version over, unless a newer one is there. */
  void post(MergedWeights weights) {
    if (weights.version() <= merged().version()) {
      return;
    }
    Parameters parameters = new Parameters(layout, weights.values());
    newest.set(new Entry(weights, Weights.of(weights.version(), parameters, kernel)));
  }
}
