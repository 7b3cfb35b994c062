package io.millrace.topology.score;

import io.millrace.model.learn.CutWindow;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Labelling;
import io.millrace.model.scoring.Scored;
import io.millrace.serde.WindowCodec;
import io.millrace.state.KeyStates;
import io.millrace.state.LateLabels;
import io.millrace.state.LateLabels.Fate;
import io.millrace.state.LateLabels.Joined;
import io.millrace.state.OpenWindows;
import io.millrace.state.OpenWindows.Appended;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.Meters;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What scored events teach, gathered into windows and sent off to be learned. */
final class Windowing {
  private static final Logger LOG = LoggerFactory.getLogger(Windowing.class);
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(500);
  private static final int SWEEP_ROWS = 1000;

  private final ProcessorContext<byte[], byte[]> context;
  private final OpenWindows windows;
  private final WindowCodec codec;
  private final KeyStates states;
  private final Meters meters;
  private final Optional<LateLabels> labels;
  private long lastRecordAt;

  Windowing(
      ProcessorContext<byte[], byte[]> context,
      ScoreSettings settings,
      KeyStates states,
      Meters meters) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(Names.OPEN_WINDOWS);
    this.context = context;
    this.windows = new OpenWindows(
        store, states, settings.spec(), settings.windows().orElseThrow(), meters::lostSteps);
    this.labels = settings
        .labelsTopic()
        .map(topic ->
            windows.labels(new Labelling(settings.spec(), settings.scoring().normalizeHorizon())));
    this.codec = new WindowCodec(settings.spec());
    this.states = states;
    this.meters = meters;
    this.lastRecordAt = context.currentSystemTimeMs();
    context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::sweep);
  }

  /** @return the key's state, to be saved */
  KeyState append(
      byte[] key,
      long timestamp,
      KeyState before,
      Scored scored,
      Optional<String> id,
      long weightsVersion) {
    lastRecordAt = context.currentSystemTimeMs();
    Appended appended = windows.append(key, before, scored, id, weightsVersion);
    appended.cut().forEach(window -> emit(key, window, timestamp));
    if (scored.step().isPresent()) {
      meters.eligibleStep();
    }
    if (appended.label().isEmpty()) {
      return appended.state();
    }
    states.save(key, appended.state()); // a label finds its step by what is saved
    label(timestamp, new ReadLabel(key, id.orElseThrow(), appended.label().getAsDouble()));
    return states.find(key).orElse(appended.state());
  }

  /** @return the key's state, to be saved */
  KeyState end(byte[] key, long timestamp, KeyState state) {
    Appended ended = windows.end(key, state);
    ended.cut().forEach(window -> emit(key, window, timestamp));
    return ended.state();
  }

  /** Takes a label that comes by itself to its step. */
  void label(long timestamp, ReadLabel label) {
    lastRecordAt = context.currentSystemTimeMs();
    byte[] key = label.key();
    Joined joined = labels.orElseThrow().join(key, label.id(), label.value(), timestamp);
    joined.cut().ifPresent(window -> emit(key, window, timestamp));
    meters.label(joined.fate());
    if (joined.fate() != Fate.JOINED) {
      LOG.debug(
          "label not used: fate={}, key={}, id={}", joined.fate(), Bytes.wrap(key), label.id());
    }
  }

  void forget(byte[] key) {
    windows.forget(key);
  }

  /** Where no records come, stream time stands still: from the last one on it goes by the wall clock. */
  private void sweep(long wallTime) {
    long now = context.currentStreamTimeMs() + Math.max(0, wallTime - lastRecordAt);
    windows
        .sweep(now, SWEEP_ROWS)
        .forEach(quiet -> emit(quiet.key(), quiet.window(), context.currentStreamTimeMs()));
  }

  /** A window of which no step has a target teaches nothing, and goes nowhere. */
  private void emit(byte[] key, CutWindow window, long timestamp) {
    int known = window.steps().knownSteps();
    if (known > 0) {
      context.forward(
          new Record<>(key, codec.encode(window), Math.max(0, timestamp)), Names.WINDOWS_SINK);
      meters.cutWindow(known);
    }
    meters.unlabelledSteps(window.steps().steps() - known);
  }
}
