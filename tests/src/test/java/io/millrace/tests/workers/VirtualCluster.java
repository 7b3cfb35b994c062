package io.millrace.tests.workers;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.Names;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.learn.LearnProcessor;
import io.millrace.topology.merge.MergeProcessor;
import io.millrace.topology.metrics.LearnMeters;
import io.millrace.topology.overload.LearnLoad;
import io.millrace.topology.weights.VocabularyBoard;
import io.millrace.topology.weights.WeightsBoard;
import io.millrace.topology.weights.WeightsProcessor;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The three stages with as many learn workers as wanted, in one thread and on one clock, so that the same events come to the same
 * weights every time. What a stage sends is readable by the next after a transaction's usual length.
 */
final class VirtualCluster implements AutoCloseable {
  private static final long TICK = 20;
  private static final long TRANSACTION = 100;

  private final AvroSerde<Event> events = AvroSerde.of(Event.class);
  private final TopologyTestDriver scorer;
  private final TestInputTopic<byte[], byte[]> in;
  private final TestInputTopic<byte[], byte[]> weightsOfScorer;
  private final TestOutputTopic<byte[], Score> scores;
  private final TestOutputTopic<byte[], byte[]> cut;
  private final WeightsBoard board;
  private final VirtualTask<Void> weightsOfLearners;
  private final List<VirtualTask<byte[]>> workers = new ArrayList<>();
  private final VirtualTask<byte[]> merge;
  private final List<VirtualTopic> windows = new ArrayList<>();
  private final VirtualTopic updates = new VirtualTopic(TRANSACTION);
  private final VirtualTopic weights = new VirtualTopic(TRANSACTION);
  private long now;

  VirtualCluster(int partitions, Map<String, String> settings, File dir) {
    Map<String, String> sets = new HashMap<>(settings);
    sets.put("stages", "score");
    sets.put("state.store", "memory");
    sets.put("learn.thread", "stream");
    sets.put("learn.partitions", String.valueOf(partitions));
    MillraceConfig config = MillraceConfig.load(Optional.empty(), Map.of(), sets);
    Kernel kernel = Kernels.choose(config.kernel()).kernel();
    LearnMeters meters = new LearnMeters(new SimpleMeterRegistry());
    board = new WeightsBoard(config.initialParameters(), kernel);
    VocabularyBoard vocabularies = new VocabularyBoard(config.initialCategoryIds());
    weightsOfLearners = new VirtualTask<>(
        new WeightsProcessor(board, vocabularies, config.getString(Settings.MODEL_NAME), meters),
        0,
        dir,
        Names.WEIGHTS);
    merge = new VirtualTask<>(
        new MergeProcessor(config.mergeSettings(), board, vocabularies, meters),
        0,
        dir,
        Names.INBOX,
        Names.MERGED);
    for (int worker = 0; worker < partitions; worker++) {
      windows.add(new VirtualTopic(TRANSACTION));
      workers.add(new VirtualTask<>(
          new LearnProcessor(
              config.learnSettings(),
              kernel,
              board,
              meters,
              new LearnLoad(config.overloadSettings())),
          worker,
          dir,
          Names.PENDING_WINDOWS,
          Names.REPLICA));
    }
    scorer = new TopologyTestDriver(
        MillraceTopology.build(config, kernel, new SimpleMeterRegistry()),
        config.streamsProperties(),
        Instant.EPOCH);
    ByteArraySerializer bytes = new ByteArraySerializer();
    in = scorer.createInputTopic(config.topics().events(), bytes, bytes);
    weightsOfScorer = scorer.createInputTopic(config.topics().weights(), bytes, bytes);
    scores = scorer.createOutputTopic(
        config.topics().scores(),
        new ByteArrayDeserializer(),
        AvroSerde.of(Score.class).deserializer());
    cut = scorer.createOutputTopic(
        config.topics().windows(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** @return its score; empty when it became a dead letter */
  Optional<Score> score(byte[] key, Event event) {
    in.pipeInput(key, events.encode(event), now);
    return scores.isEmpty() ? Optional.empty() : Optional.of(scores.readValue());
  }

  MergedWeights weights() {
    return board.merged();
  }

  /** Lets time go by. */
  void pass(Duration time) {
    long until = now + time.toMillis();
    while (now + TICK <= until) {
      now += TICK;
      scorer.advanceWallClockTime(Duration.ofMillis(TICK));
      tick();
    }
  }

  /** Until nothing is on its way any more. */
  void settle(Duration longestDelay) {
    pass(longestDelay);
    while (!updates.isEmpty() || !weights.isEmpty()) {
      pass(longestDelay);
    }
  }

  private void tick() {
    for (KeyValue<byte[], byte[]> window : cut.readKeyValuesToList()) {
      windows
          .get(Utils.toPositive(Utils.murmur2(window.key)) % windows.size())
          .send(List.of(new Message(window.key, window.value)), now);
    }
    for (int worker = 0; worker < workers.size(); worker++) {
      VirtualTask<byte[]> task = workers.get(worker);
      windows
          .get(worker)
          .poll(now, window -> updates.send(task.process(window.key(), window.value(), now), now));
      updates.send(task.punctuate(now), now);
    }
    updates.poll(
        now, update -> weights.send(merge.process(update.key(), update.value(), now), now));
    weights.send(merge.punctuate(now), now);
    weights.poll(now, this::publish);
  }

  private void publish(Message part) {
    weightsOfLearners.process(part.key(), part.value(), now);
    weightsOfScorer.pipeInput(part.key(), part.value(), now);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
