package io.millrace.topology.transfer;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.ImportCodec;
import io.millrace.serde.ImportedWeights;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.merge.ImportInbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A file's weights into the updates topic, where the merge stage takes them in turn with the workers' updates and publishes them as
 * its next version: whoever is learning, no version is lost and none is made twice.
 */
public final class WeightsImport {
  private final MillraceConfig config;
  private final List<String> prefixes;
  private final Duration wait;

  /**
   * @param prefixes that the file's tensors may have before their names
   * @param wait for the version; zero: not at all
   * @throws TransferException when no merge stage would ever take weights over
   */
  public WeightsImport(MillraceConfig config, List<String> prefixes, Duration wait) {
    this.config = config;
    this.prefixes = prefixes;
    this.wait = wait;
    if (!config.isLearning()) {
      throw new TransferException("import rejected: setting=" + Settings.LEARN_ENABLED
          + ", expected=true, actual=false. Without a merge stage nobody makes versions;"
          + " enable learning, or name the file in " + Settings.MODEL_INITIAL + ".");
    }
  }

  /**
   * @throws io.millrace.serde.safetensors.UnusableFileException when the file cannot be believed; nothing was sent then
   * @throws TransferException when its texts have other ids than here, or the weights were sent but not published in time
   */
  public Imported from(Path file) throws IOException {
    ModelSpec spec = config.modelSpec();
    WeightsFile foreign = WeightsFile.read(file, spec, config.categoryFields(), prefixes);
    float[] values = foreign.parameters().toArray();
    TransferTopics.require(config, config.topics().updates(), config.topics().weights());
    ImportedWeights weights = new ImportedWeights(
        System.currentTimeMillis(), values, file.getFileName().toString());
    try (WeightsLog log = new WeightsLog(config)) {
      log.read(older -> {});
      settleIds(new VocabularyImport(config, foreign.ids()), log);
      send(records(new ImportCodec(spec).encode(weights)));
      if (wait.isZero()) {
        return new Imported(file.toString(), null, spec.signature());
      }
      MergedWeights published =
          log.await(version -> isImportOf(values, version), wait).orElseThrow(this::notTakenOver);
      return new Imported(file.toString(), published.version(), spec.signature());
    }
  }

  /** Weights must not come before the ids that they were learned with, and an id is never taken back. */
  private void settleIds(VocabularyImport vocabularies, WeightsLog log) {
    vocabularies.requireSameIds(log.ids());
    if (vocabularies.isKnown(log.ids())) {
      return;
    }
    if (wait.isZero()) {
      throw new TransferException("import rejected: option=--wait, expected=above 0, actual=0."
          + " The file has texts that have no ids here yet; these have to be awaited.");
    }
    send(vocabularies.requests(log.ids()));
    boolean known = log.awaitIds(vocabularies::isKnown, wait);
    vocabularies.requireSameIds(log.ids());
    if (!known) {
      throw notTakenOver();
    }
  }

  private static boolean isImportOf(float[] values, MergedWeights version) {
    return version.rollback().version() == version.version()
        && version.rollback().rolledBackTo() == version.version()
        && Arrays.equals(version.values(), values);
  }

  private TransferException notTakenOver() {
    return new TransferException(
        "import not taken over yet: waited=" + wait.toSeconds()
            + " s, topic=" + config.topics().updates()
            + ". The weights wait there for as long as the topic keeps them; start the merge stage, or look into its log.");
  }

  private List<ProducerRecord<byte[], byte[]>> records(List<byte[]> parts) {
    String model = config.getString(Settings.MODEL_NAME);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      records.add(new ProducerRecord<>(
          config.topics().updates(), ImportInbox.recordKey(model, part), parts.get(part)));
    }
    return records;
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
        config.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransferException("import not sent: interrupted.");
    } catch (ExecutionException e) {
      throw new TransferException("import not sent: " + e.getCause().getMessage());
    }
  }
}
