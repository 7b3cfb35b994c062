package io.millrace.model.learn;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;

/**
 * Consecutive steps of one key: from the state before, each input is followed by what came next. T is the number of steps, R of
 * columns of a row ({@link ModelSpec}), G of the values of a step's target ({@link ModelSpec#targets}).
 *
 * @param initial the state before the first step: a constant, through which no gradient flows
 * @param inputs [T,R] each step's event as the network saw it: its row
 * @param targets [T,G] what the head should have predicted, not read where masked. Forecast: the normalized event that followed;
 *     category: its number, 0 to C - 1; binary: the label, 0 or 1; regression: the value, normalized
 * @param mask [T] 1 where the target is known, else 0
 */
public record TrainingWindow(HiddenState initial, float[] inputs, float[] targets, byte[] mask) {

  /** @throws IllegalArgumentException when there is no step, or the lengths disagree, or the mask has other bytes */
  public TrainingWindow {
    require("steps", mask.length > 0, "1 or more", mask.length);
    require("inputs", inputs.length % mask.length == 0, "a multiple of steps", inputs.length);
    require("targets", targets.length % mask.length == 0, "a multiple of steps", targets.length);
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

  /** @throws IllegalArgumentException when the window is not one of that model; what it let pass, a kernel trusts */
  public void requireFor(ModelSpec spec) {
    int row = inputs.length / mask.length;
    require("row", row == spec.rowWidth(), spec.rowWidth(), row);
    require("h", initial.h().length == spec.stateSize(), spec.stateSize(), initial.h().length);
    require("c", initial.c().length == spec.stateSize(), spec.stateSize(), initial.c().length);
    int values = mask.length * spec.targets();
    require("targets", targets.length == values, values, targets.length);
    for (int slot = 0; slot < spec.slotCount(); slot++) {
      requireIds(spec.numericColumns() + slot, row, spec.slotSize(slot));
    }
    switch (spec.head()) {
      case CATEGORY -> requireNumbers(spec.classes());
      case BINARY -> requireNumbers(2);
      case FORECAST, REGRESSION -> {}
    }
  }

  private void requireIds(int column, int row, int size) {
    for (int at = column; at < inputs.length; at += row) {
      if (inputs[at] != ModelSpec.NONE) {
        requireNumber("category", inputs[at], size);
      }
    }
  }

  private void requireNumbers(int bound) {
    for (int t = 0; t < mask.length; t++) {
      if (known(t)) {
        requireNumber("target", targets[t], bound);
      }
    }
  }

  private static void requireNumber(String field, float value, int bound) {
    if (!(value >= 0 && value < bound && value == (int) value)) {
      throw rejected(field, "an integer in 0.." + (bound - 1), value);
    }
  }

  private static void require(String field, boolean holds, Object expected, int actual) {
    if (!holds) {
      throw rejected(field, expected, actual);
    }
  }

  private static IllegalArgumentException rejected(String field, Object expected, Object actual) {
    return new IllegalArgumentException("training window rejected: field=" + field + ", expected="
        + expected + ", actual=" + actual + ".");
  }
}
