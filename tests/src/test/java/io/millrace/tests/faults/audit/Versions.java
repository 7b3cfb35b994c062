package io.millrace.tests.faults.audit;

import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WeightsAssembly;
import io.millrace.topology.config.MillraceConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every version of the weights, in the order in which they were published: from 1, without gap, none twice. */
final class Versions {
  private final Findings findings;
  private final AvroSerde<io.millrace.schemas.Weights> serde =
      AvroSerde.of(io.millrace.schemas.Weights.class);
  private final WeightsAssembly assembly;
  private final ParameterLayout layout;
  private final Kernel kernel = new ScalarKernel();
  private final Map<Long, Weights> packed = new HashMap<>();
  private MergedWeights newest;

  Versions(MillraceConfig config, Findings findings) {
    this.findings = findings;
    this.assembly = new WeightsAssembly(config.modelSpec());
    this.layout = new ParameterLayout(config.modelSpec());
    add(MergedWeights.initial(config.initialParameters().toArray()));
  }

  private void add(MergedWeights weights) {
    newest = weights;
    packed.put(
        weights.version(),
        Weights.of(weights.version(), new Parameters(layout, weights.values()), kernel));
  }

  /** @return the version that this record completes */
  Optional<MergedWeights> record(byte[] bytes) {
    long version = serde.decode(bytes).getVersion();
    if (version <= newest.version()) {
      findings.duplicate("version published twice: version=" + version);
      return Optional.empty();
    }
    Optional<MergedWeights> next = assembly.add(bytes);
    next.ifPresent(weights -> {
      if (weights.version() != newest.version() + 1) {
        findings.mismatch("versions have a gap: version=" + weights.version() + ", expected="
            + (newest.version() + 1));
      }
      add(weights);
    });
    return next;
  }

  MergedWeights newest() {
    return newest;
  }

  /** For judging; empty where no such version was published. */
  Optional<Weights> packed(long version) {
    return Optional.ofNullable(packed.get(version));
  }
}
