package io.millrace.benchmarks.stream.growth;

import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.serde.StateEncoding;
import io.millrace.topology.config.Settings;
import io.millrace.topology.config.StateStore;
import java.util.Locale;
import java.util.Map;

/**
 * One configuration of a growing thing.
 *
 * @param grows what is varied against {@link #BASE}
 * @param hidden H
 * @param window steps of a full one; 0: nothing is learned
 */
record Point(
    String grows,
    int keys,
    int hidden,
    int window,
    int partitions,
    StateStore store,
    StateEncoding encoding) {
  static final Point BASE =
      new Point("base", 10_000, 64, 0, 4, StateStore.ROCKSDB, StateEncoding.F16);

  static Point keys(int keys, StateStore store) {
    return new Point(
        "keys", keys, BASE.hidden(), BASE.window(), BASE.partitions(), store, BASE.encoding());
  }

  static Point hidden(int hidden) {
    return new Point(
        "hidden",
        BASE.keys(),
        hidden,
        BASE.window(),
        BASE.partitions(),
        BASE.store(),
        BASE.encoding());
  }

  static Point window(int window) {
    return new Point(
        "window",
        BASE.keys(),
        BASE.hidden(),
        window,
        BASE.partitions(),
        BASE.store(),
        BASE.encoding());
  }

  static Point partitions(int partitions) {
    return new Point(
        "partitions",
        BASE.keys(),
        BASE.hidden(),
        BASE.window(),
        partitions,
        BASE.store(),
        BASE.encoding());
  }

  static Point encoding(StateEncoding encoding) {
    return new Point(
        "encoding",
        BASE.keys(),
        BASE.hidden(),
        BASE.window(),
        BASE.partitions(),
        BASE.store(),
        encoding);
  }

  Variant variant() {
    return window > 0 ? Variant.LEARN : Variant.SCORE;
  }

  Map<String, String> settings(int inputs) {
    return Map.of(
        Settings.MODEL_INPUTS,
        Integer.toString(inputs),
        Settings.MODEL_HIDDEN,
        Integer.toString(hidden),
        Settings.WINDOW_SIZE,
        Integer.toString(Math.max(1, window)),
        Settings.STATE_STORE,
        store.name().toLowerCase(Locale.ROOT),
        Settings.STATE_ENCODING,
        encoding.name().toLowerCase(Locale.ROOT));
  }
}
