package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Normals;
import io.millrace.benchmarks.common.Size;
import io.millrace.model.ModelSpec;
import io.millrace.model.Weights;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.scoring.Judgement;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Observation;
import io.millrace.model.scoring.Scored;
import io.millrace.model.scoring.Scorer;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.StateEncoding;
import io.millrace.serde.WindowCodec;
import io.millrace.state.KeyStates;
import io.millrace.state.OpenWindows;
import io.millrace.state.WindowSettings;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The whole score step of one event but for Kafka: the event's bytes and the key's row in, the score's bytes and the key's next row
 * out, over stores on the heap. With windows, the step also goes into its key's open window; what is cut is written as it is sent.
 */
@State(Scope.Thread)
public class ScoreStepBenchmark {
  private static final int KEYS = 1000;
  private static final int EVENTS = 1024;
  private static final long START = 1_700_000_000_000L;
  private static final WindowSettings WINDOWS =
      new WindowSettings(32, 30_000, OptionalLong.empty());

  @Param({"simd", "scalar"})
  public String kernel;

  @Param("F16-H64-L1")
  public String size;

  private final AvroSerde<Event> events = AvroSerde.of(Event.class);
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private ModelSpec spec;
  private Weights weights;
  private Scorer scorer;
  private KeyStates states;
  private OpenWindows windows;
  private WindowCodec windowCodec;
  private byte[][] keys;
  private byte[][] arriving;
  private int next;

  @Setup
  public void load() {
    spec = Workload.model(Size.of(size));
    weights = Weights.of(0, Workload.parameters(spec), Kernels.choose(kernel).kernel());
    scorer = new Scorer(spec, ScoringSettings.DEFAULTS);
    states = new KeyStates(
        store("key-states"), spec, StateEncoding.F16, Long.MAX_VALUE, ScoreStepBenchmark::refuse);
    windows = new OpenWindows(store("open-windows"), states, spec, WINDOWS, lost -> refuse());
    windowCodec = new WindowCodec(spec);
    float[] features = Normals.of(EVENTS * spec.inputs());
    arriving = IntStream.range(0, EVENTS)
        .mapToObj(n -> events.encode(event(features, n * spec.inputs())))
        .toArray(byte[][]::new);
    keys = IntStream.range(0, KEYS)
        .mapToObj(n -> ByteBuffer.allocate(Integer.BYTES).putInt(n).array())
        .toArray(byte[][]::new);
  }

  private static KeyValueStore<Bytes, byte[]> store(String name) {
    return Stores.inMemoryKeyValueStore(name).get();
  }

  /** Rows that we wrote ourselves are never corrupt. */
  private static void refuse() {
    throw new IllegalStateException("benchmark failed: a row could not be believed.");
  }

  private Event event(float[] features, int from) {
    List<Double> own = IntStream.range(from, from + spec.inputs())
        .mapToObj(n -> (double) features[n])
        .toList();
    return new Event("event-" + from, Instant.ofEpochMilli(START), own, List.of(), null, false);
  }

  @Benchmark
  public byte[] score() {
    byte[] key = nextKey();
    Event event = nextEvent();
    Scored scored = score(states.loadOrFresh(key, START), event);
    states.save(key, scored.after());
    return encoded(event, scored.judgement());
  }

  @Benchmark
  public byte[] scoreAndWindows(Blackhole sent) {
    byte[] key = nextKey();
    Event event = nextEvent();
    KeyState before = states.loadOrFresh(key, START);
    Scored scored = score(before, event);
    OpenWindows.Appended appended =
        windows.append(key, before, scored, Optional.empty(), weights.version());
    for (CutWindow window : appended.cut()) {
      sent.consume(windowCodec.encode(window));
    }
    states.save(key, appended.state());
    return encoded(event, scored.judgement());
  }

  private byte[] nextKey() {
    return keys[next % KEYS];
  }

  private Event nextEvent() {
    byte[] bytes = arriving[next % EVENTS];
    next = (next + 1) % (KEYS * EVENTS);
    return events.decode(bytes);
  }

  private Scored score(KeyState before, Event event) {
    return scorer.score(before, observation(event), weights);
  }

  private Observation observation(Event event) {
    double[] features = new double[spec.inputs()];
    for (int f = 0; f < features.length; f++) {
      features[f] = event.getFeatures().get(f);
    }
    long time = event.getTime().toEpochMilli();
    return new Observation(time, time, features);
  }

  private byte[] encoded(Event event, Judgement judgement) {
    return scores.encode(new Score(
        event.getId(),
        event.getTime(),
        judgement.score(),
        judgement.surprise(),
        DoubleStream.of(judgement.prediction()).boxed().toList(),
        judgement.weightsVersion(),
        judgement.steps(),
        judgement.warmup(),
        judgement.late(),
        judgement.restarted()));
  }
}
