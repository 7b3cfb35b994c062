package io.millrace.topology.transfer;

import io.millrace.model.category.CategoryIds;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.config.MillraceConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** One whole committed version of the weights topic into a file. */
public final class WeightsExport {
  private final MillraceConfig config;
  private final OptionalLong wanted;

  private MergedWeights first;
  private MergedWeights last;
  private MergedWeights found;

  /** @param version empty: the newest */
  public WeightsExport(MillraceConfig config, OptionalLong version) {
    this.config = config;
    this.wanted = version;
  }

  /** @throws TransferException when the topic does not hold the version */
  public Exported to(Path file) throws IOException {
    TransferTopics.require(config, config.topics().weights());
    CategoryIds ids;
    try (WeightsLog log = new WeightsLog(config)) {
      log.read(this::look);
      ids = log.ids();
    }
    if (found == null) {
      throw new TransferException(
          "export rejected: topic=" + config.topics().weights() + ", expected="
              + (wanted.isPresent() ? "version " + wanted.getAsLong() : "a version")
              + ", actual=" + held() + ". Nothing was written.");
    }
    WeightsFile.write(file, config.modelSpec(), found, ids);
    return new Exported(
        file.toString(),
        found.version(),
        found.stepsLearned(),
        Double.isFinite(found.loss()) ? found.loss() : null,
        config.modelSpec().signature());
  }

  private void look(MergedWeights version) {
    first = first == null ? version : first;
    last = version;
    if (wanted.isEmpty() || wanted.getAsLong() == version.version()) {
      found = version;
    }
  }

  /** In between, compaction may have taken some away. */
  private String held() {
    return last == null
        ? "none learned yet"
        : "versions from " + first.version() + " to " + last.version();
  }
}
