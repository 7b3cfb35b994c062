package io.millrace.serde;

import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LabelMemory;
import io.millrace.model.scoring.Observation;
import io.millrace.model.scoring.SurpriseMoments;

/**
 * Whether what a row says makes sense. The model trusts a state: a square below 0 would score NaN, and a category that there is not
 * would be looked for outside of its table, at every later event of the key.
 */
final class KeyStateSense {
  /** Of a number of that size. */
  private static final double LARGEST_SQUARE = 1e300;

  private final ModelSpec spec;

  KeyStateSense(ModelSpec spec) {
    this.spec = spec;
  }

  /** @throws CorruptStateException naming the first field that makes none */
  KeyState checked(KeyState state) {
    require("steps", state.steps() >= 0, "at least 0", state.steps());
    checkWindow(state);
    check(state.surprise());
    check(state.features());
    check(state.labels());
    for (int slot = 0;
        slot < spec.input().categories().size() && state.input().length > 0;
        slot++) {
      checkId(state.input()[spec.numericColumns() + slot], spec.slotSize(slot));
    }
    return state;
  }

  private static void checkWindow(KeyState state) {
    long length = state.steps() - state.windowStart();
    boolean sensible = state.windowStart() < 0
        ? state.windowStart() >= KeyState.ENDED
        : length >= 0 && length <= WindowCodec.MAX_STEPS;
    require(
        "first step of the open window",
        sensible,
        "at most " + WindowCodec.MAX_STEPS + " before " + state.steps(),
        state.windowStart());
  }

  private static void check(SurpriseMoments surprise) {
    require("surprise count", surprise.count() >= 0, "at least 0", surprise.count());
    checkSquares("surprise variance", surprise.variance());
    checkSizes(
        "surprise",
        surprise.recent(),
        surprise.mean(),
        surprise.peak(),
        surprise.outdone(),
        surprise.told());
  }

  private static void check(FeatureMemory features) {
    checkSizes("level wonder", features.levels().peak(), features.levels().outdone());
    checkSquares("square of the change", features.usual().square());
    checkSquares("level variance", features.levels().variance());
    checkSquares("level variance", features.level().variance());
    checkSizes("last event", features.last());
    checkSizes("level", features.levels().recent());
    checkSizes("level", features.levels().mean());
    checkSizes("level", features.level().mean());
  }

  private void check(LabelMemory labels) {
    require("label count", labels.count() >= 0, "at least 0", labels.count());
    checkSquares("label variance", labels.spread().variance());
    checkSizes("label mean", labels.spread().mean());
    if (spec.head() == Head.BINARY) {
      boolean truth = labels.value() == 0 || labels.value() == 1;
      require("label", truth, "0 or 1", labels.value());
    } else {
      checkSizes("label", labels.value());
    }
    for (int slot = 0; slot < labels.categories().length; slot++) {
      checkId(labels.categories()[slot], spec.slotSize(slot));
    }
  }

  private static void checkSquares(String field, double... squares) {
    for (double square : squares) {
      require(field, square >= 0 && square <= LARGEST_SQUARE, "0 to " + LARGEST_SQUARE, square);
    }
  }

  private static void checkSizes(String field, double... values) {
    for (double value : values) {
      require(
          field, Math.abs(value) <= Observation.LARGEST, "within " + Observation.LARGEST, value);
    }
  }

  private static void checkId(float id, int size) {
    boolean known = id >= 0 && id < size && id == (int) id;
    require("category", known || id == ModelSpec.NONE, "0 to " + (size - 1) + " or none", id);
  }

  private static void require(String field, boolean holds, Object expected, double actual) {
    if (!holds) {
      throw new CorruptStateException(field, expected, actual);
    }
  }

  private static void require(String field, boolean holds, Object expected, long actual) {
    if (!holds) {
      throw new CorruptStateException(field, expected, actual);
    }
  }
}
