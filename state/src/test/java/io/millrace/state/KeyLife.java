package io.millrace.state;

import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Observation;
import io.millrace.model.scoring.Scored;
import io.millrace.model.scoring.Scorer;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.model.scoring.ScoringSettings.LateEvents;
import io.millrace.model.scoring.Step;
import io.millrace.serde.StateEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The events of one key, scored and put into windows over stores on the heap, beside what the scorer said that each of them teaches. */
final class KeyLife {
  static final byte[] KEY = {'k'};
  static final long IDLE = 1_000;
  static final long GAP = 5_000;
  private static final long TTL = 1_000_000;

  private static final ScoringSettings SCORING =
      new ScoringSettings(10, 50, 50, 3, 50, 20, 40, LateEvents.SCORE, GAP);

  final KeyValueStore<Bytes, byte[]> stateRows =
      Stores.inMemoryKeyValueStore("key-states").get();
  final KeyValueStore<Bytes, byte[]> windowRows =
      Stores.inMemoryKeyValueStore("open-windows").get();
  private final ModelSpec spec;
  private final Parameters parameters;
  private final Scorer scorer;
  private final KeyStates states;
  private final List<CutWindow> cut = new ArrayList<>();
  private OpenWindows windows;
  private Weights weights;
  private long now;
  private long lost;

  /** By number, the newest where the key's state was set back. */
  private final TreeMap<Long, Step> taught = new TreeMap<>();

  /** Newest weights at each event, by its number. */
  private final Map<Long, Long> versions = new HashMap<>();

  KeyLife(ModelSpec spec, StateEncoding encoding, int size) {
    this.spec = spec;
    this.parameters = Parameters.initial(spec, 1);
    this.weights = Weights.of(0, parameters, new ScalarKernel());
    this.scorer = new Scorer(spec, SCORING);
    this.states = new KeyStates(stateRows, spec, encoding, TTL, () -> {});
    resize(size);
  }

  /** As after a restart with another window size. */
  void resize(int size) {
    WindowSettings settings = new WindowSettings(size, IDLE, OptionalLong.empty());
    windows = new OpenWindows(windowRows, states, spec, settings, steps -> lost += steps);
  }

  /** One event, so many milliseconds after the record before it, its own time ahead of that of its record. */
  void event(RandomGenerator random, long later, long ahead) {
    now += later;
    if (random.nextInt(10) == 0) {
      weights = Weights.of(weights.version() + 1, parameters, new ScalarKernel());
    }
    long version = weights.version();
    KeyState before = states.loadOrFresh(KEY, now);
    Scored scored = scorer.score(before, observation(random, now + ahead), weights);
    scored.step().ifPresent(step -> taught.put(step.number(), step));
    versions.put(before.steps(), version);
    took(windows.append(KEY, before, scored, Optional.empty(), version));
  }

  private Observation observation(RandomGenerator random, long time) {
    double[] features = random.doubles(spec.features(), -3, 3).toArray();
    int[] categories = spec.input().categories().stream()
        .mapToInt(category -> random.nextInt(category.size()))
        .toArray();
    OptionalDouble label =
        random.nextBoolean() ? OptionalDouble.of(random.nextInt(2)) : OptionalDouble.empty();
    return new Observation(time, now, features, categories, label);
  }

  void end() {
    took(windows.end(KEY, state()));
  }

  private void took(OpenWindows.Appended appended) {
    cut.addAll(appended.cut());
    states.save(KEY, appended.state());
  }

  /** As the sweep finds it so many milliseconds after the last event. */
  void quiet(long later) {
    windows.sweep(now + later, 10).forEach(quiet -> cut.add(quiet.window()));
  }

  /** So long that the key's state has expired. */
  void expire() {
    now += TTL + 1;
  }

  KeyState state() {
    return states.find(KEY).orElseThrow();
  }

  void save(KeyState state) {
    states.save(KEY, state);
  }

  /** The windows cut since the last call. */
  List<CutWindow> cut() {
    List<CutWindow> taken = List.copyOf(cut);
    cut.clear();
    return taken;
  }

  long lost() {
    return lost;
  }

  /** Of all that was taught. */
  List<Long> numbers() {
    return List.copyOf(taught.keySet());
  }

  static List<Long> numbers(CutWindow window) {
    return LongStream.range(
            window.firstStep(), window.firstStep() + window.steps().steps())
        .boxed()
        .toList();
  }

  /** The window of the same steps, put together of what the scorer said. */
  CutWindow expected(CutWindow window) {
    List<Step> steps = numbers(window).stream().map(taught::get).toList();
    float[] inputs = new float[0];
    float[] targets = new float[0];
    byte[] mask = new byte[steps.size()];
    for (int t = 0; t < mask.length; t++) {
      Step step = steps.get(t);
      inputs = joined(inputs, step.input());
      targets = joined(targets, step.target());
      mask[t] = (byte) (step.known() ? 1 : 0);
    }
    return new CutWindow(
        window.firstStep(),
        versionOf(window),
        steps.stream().mapToLong(Step::time).toArray(),
        new TrainingWindow(steps.get(0).before(), inputs, targets, mask));
  }

  /** A window is opened by its first step, or by the event before, which filled another. */
  private long versionOf(CutWindow window) {
    Long before = versions.get(window.firstStep() - 1);
    return Objects.equals(before, window.weightsVersion())
        ? before
        : versions.get(window.firstStep());
  }

  private static float[] joined(float[] head, float[] tail) {
    float[] joined = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, joined, head.length, tail.length);
    return joined;
  }

  /** The rows of a store, as they are. */
  static Map<Bytes, byte[]> copy(KeyValueStore<Bytes, byte[]> store) {
    Map<Bytes, byte[]> copy = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
      rows.forEachRemaining(row -> copy.put(row.key, row.value.clone()));
    }
    return copy;
  }

  /** Sets a store back. */
  static void restore(KeyValueStore<Bytes, byte[]> store, Map<Bytes, byte[]> rows) {
    copy(store).keySet().forEach(store::delete);
    rows.forEach(store::put);
  }
}
