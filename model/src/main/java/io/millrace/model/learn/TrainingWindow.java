package io.millrace.model.learn;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;

/**
 * Consecutive steps of one key: from the state before, each input is followed by what came next. T is the number of steps, F of
 * features.
 *
 * @param initial the state before the first step: a constant, through which no gradient flows
 * @param inputs [T,F] each step's event as the network saw it, normalized
 * @param targets [T,F] the normalized event that followed it; not read where masked
 * @param mask [T] 1 where the target is known, else 0
 */
public record TrainingWindow(HiddenState initial, float[] inputs, float[] targets, byte[] mask) {

  /** @throws IllegalArgumentException when there is no step, or the lengths disagree, or the mask has other bytes */
  public TrainingWindow {
    require("steps", mask.length > 0, "1 or more", mask.length);
    require("inputs", inputs.length % mask.length == 0, "a multiple of steps", inputs.length);
    require("targets", targets.length == inputs.length, inputs.length, targets.length);
    for (byte known : mask) {
      require("mask", known == 0 || known == 1, "0 or 1", known);
    }
  }

  /** T. */
  public int steps() {
    return mask.length;
  }

  /** Whether a step has a target to learn from. */
  public boolean known(int step) {
    return mask[step] != 0;
  }

  /** How many steps have a target. */
  public int knownSteps() {
    int known = 0;
    for (byte step : mask) {
      known += step;
    }
    return known;
  }

  /** @throws IllegalArgumentException when the window is not one of that model */
  public void requireFor(ModelSpec spec) {
    int features = inputs.length / mask.length;
    require("features", features == spec.inputs(), spec.inputs(), features);
    require("h", initial.h().length == spec.stateSize(), spec.stateSize(), initial.h().length);
    require("c", initial.c().length == spec.stateSize(), spec.stateSize(), initial.c().length);
  }

  private static void require(String field, boolean holds, Object expected, int actual) {
    if (!holds) {
      throw new IllegalArgumentException("training window rejected: field=" + field + ", expected="
          + expected + ", actual=" + actual + ".");
    }
  }
}
