package io.millrace.benchmarks;

import io.millrace.model.Weights;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.scoring.Judgement;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Observation;
import io.millrace.model.scoring.Scored;
import io.millrace.model.scoring.Scorer;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.KeyStateCodec;
import java.time.Instant;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The whole score step of one event but for Kafka and its store: the event's bytes and the key's row in, the score's bytes and the
 * key's next row out.
 */
@State(Scope.Thread)
public class ScoreStepBenchmark {
  private static final int EVENTS = 256;
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);

  @Param({"simd", "scalar"})
  public String kernel;

  private final AvroSerde<Event> events = AvroSerde.of(Event.class);
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final KeyStateCodec states = new KeyStateCodec(Workload.EVENT);
  private final Scorer scorer = new Scorer(Workload.EVENT, ScoringSettings.DEFAULTS);
  private Weights weights;
  private byte[][] arriving;
  private byte[] row;
  private int next;

  @Setup
  public void load() {
    weights = Weights.of(
        0, Workload.parameters(Workload.EVENT), Kernels.choose(kernel).kernel());
    row = states.encode(KeyState.fresh(Workload.EVENT));
    float[] features = Workload.normals(EVENTS * Workload.INPUTS);
    arriving = IntStream.range(0, EVENTS)
        .mapToObj(n -> events.encode(event(features, n * Workload.INPUTS)))
        .toArray(byte[][]::new);
  }

  private static Event event(float[] features, int from) {
    List<Double> own = IntStream.range(from, from + Workload.INPUTS)
        .mapToObj(n -> (double) features[n])
        .toList();
    return new Event("event-" + from, TIME, own, List.of(), null, false);
  }

  @Benchmark
  public byte[] score() {
    Event event = events.decode(arriving[next]);
    next = (next + 1) % EVENTS;
    Scored scored = scorer.score(states.decode(row), observation(event), weights);
    row = states.encode(scored.after());
    return scores.encode(score(event, scored.judgement()));
  }

  private static Observation observation(Event event) {
    double[] features = new double[Workload.INPUTS];
    for (int f = 0; f < features.length; f++) {
      features[f] = event.getFeatures().get(f);
    }
    long time = event.getTime().toEpochMilli();
    return new Observation(time, time, features);
  }

  private static Score score(Event event, Judgement judgement) {
    return new Score(
        event.getId(),
        event.getTime(),
        judgement.score(),
        judgement.surprise(),
        DoubleStream.of(judgement.prediction()).boxed().toList(),
        judgement.weightsVersion(),
        judgement.steps(),
        judgement.warmup(),
        judgement.late(),
        judgement.restarted());
  }
}
