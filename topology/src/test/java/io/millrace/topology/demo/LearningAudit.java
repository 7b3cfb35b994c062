package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Score;
import io.millrace.schemas.Update;
import io.millrace.schemas.Weights;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WindowCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the committed topics and holds each score's version against the version that learned from its event. */
final class LearningAudit {
  private final TestCluster cluster;
  private final WindowCodec windows;
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final AvroSerde<Update> updates = AvroSerde.of(Update.class);
  private final AvroSerde<Weights> weights = AvroSerde.of(Weights.class);

  /** By key and step, the version that judged it. */
  private final Map<Step, Long> judges = new HashMap<>();

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long judged;

  record Step(String key, long number) {}

  LearningAudit(TestCluster cluster, ModelSpec spec) {
    this.cluster = cluster;
    this.windows = new WindowCodec(spec);
    read("scores").forEach(record -> {
      Score score = scores.decode(record.value());
      judges.put(new Step(key(record), score.getSteps()), score.getWeightsVersion());
    });
    read("windows").forEach(this::audit);
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return topics.computeIfAbsent(topic, name -> cluster.read(name, cluster.count(name)));
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), UTF_8);
  }

  private void audit(ConsumerRecord<byte[], byte[]> record) {
    CutWindow window = windows.decode(record.value());
    long learnedBy = versionOf(record.partition(), sequenceOf(record));
    for (int n = 0; n < window.steps().steps(); n++) {
      Step step = new Step(key(record), window.firstStep() + n);
      if (judges.get(step) >= learnedBy) {
        violations.add(step + " judged by " + judges.get(step) + ", learned by " + learnedBy);
      }
      judged++;
    }
  }

  /** Number of the first update of its worker that holds the window. */
  private long sequenceOf(ConsumerRecord<byte[], byte[]> window) {
    return read("updates").stream()
        .map(record -> updates.decode(record.value()))
        .filter(update -> update.getWorker() == window.partition())
        .filter(update -> update.getNewestWindow() >= window.offset())
        .mapToLong(Update::getSequence)
        .min()
        .orElseThrow();
  }

  private long versionOf(int worker, long sequence) {
    return read("weights").stream()
        .map(record -> weights.decode(record.value()))
        .filter(version -> version.getMerged().stream()
            .anyMatch(one -> one.getWorker() == worker && one.getSequence() >= sequence))
        .mapToLong(Weights::getVersion)
        .min()
        .orElseThrow();
  }

  List<String> stepsLearnedBeforeJudged() {
    return violations;
  }

  /** Steps that were found in a window and in the scores. */
  long judgedSteps() {
    return judged;
  }
}
