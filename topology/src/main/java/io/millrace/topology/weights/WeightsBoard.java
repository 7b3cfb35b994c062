package io.millrace.topology.weights;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.ParameterParts;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest weights of this instance: decoded and packed once a version, swapped at once, read by every thread.
 *
 * <p>Before any were published they are version 0, which follows from the configuration.
 */
public final class WeightsBoard {
  private final ParameterLayout layout;
  private final Kernel kernel;
  private final long initialChecksum;
  private final AtomicReference<Entry> newest;

  /** The same version as scorers and as learners take it. */
  private record Entry(MergedWeights merged, Weights packed) {}

  public WeightsBoard(ModelSpec spec, long seed, Kernel kernel) {
    this(Parameters.initial(spec, seed), kernel);
  }

  /** @param initial version 0 */
  public WeightsBoard(Parameters initial, Kernel kernel) {
    this.layout = initial.layout();
    this.kernel = kernel;
    MergedWeights weights = MergedWeights.initial(initial.toArray());
    this.initialChecksum = checksum(weights);
    this.newest = new AtomicReference<>(new Entry(weights, Weights.of(0, initial, kernel)));
  }

  private static long checksum(MergedWeights weights) {
    return ParameterParts.of(weights.values()).checksum();
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

  /**
   * Takes a version over, unless a newer one is there.
   *
   * @throws ForeignWeightsException when it is another version 0 than the one that this instance began with
   */
  void post(MergedWeights weights) {
    if (weights.version() == 0) {
      requireInitial(checksum(weights));
    }
    if (weights.version() <= merged().version()) {
      return;
    }
    Parameters parameters = new Parameters(layout, weights.values());
    newest.set(new Entry(weights, Weights.of(weights.version(), parameters, kernel)));
  }

  private void requireInitial(long published) {
    if (published != initialChecksum) {
      throw new ForeignWeightsException("weights rejected: field=checksum of version 0, expected="
          + initialChecksum + ", actual=" + published + ".");
    }
  }
}
