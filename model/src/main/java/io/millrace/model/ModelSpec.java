package io.millrace.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * The shape of a network, and the axis letters used everywhere: {@code F} numeric inputs, {@code H} hidden units of each
 * layer, {@code L} layers, {@code C} categories, {@code Y} outputs of the head.
 *
 * <p>Two specs are the same model if and only if their {@linkplain #signature() signatures} are equal.
 *
 * @param cell the recurrent cell of every layer
 * @param inputs F, from 1 to {@value #MAX_INPUTS}
 * @param layers L, from 1 to {@value #MAX_LAYERS}
 * @param hidden H, from 1 to {@value #MAX_HIDDEN}
 * @param head what is predicted
 * @param classes C, the categories that the category head tells apart, from 2 to {@value #MAX_CLASSES}; 0 for another head
 */
public record ModelSpec(Cell cell, int inputs, int layers, int hidden, Head head, int classes) {

  public static final int MAX_INPUTS = 4096;
  public static final int MAX_LAYERS = 16;
  public static final int MAX_HIDDEN = 8192;
  public static final int MAX_CLASSES = 65536;

  public ModelSpec {
    requireRange("inputs", inputs, 1, MAX_INPUTS);
    requireRange("layers", layers, 1, MAX_LAYERS);
    requireRange("hidden", hidden, 1, MAX_HIDDEN);
    if (head == Head.CATEGORY) {
      requireRange("classes", classes, 2, MAX_CLASSES);
    } else {
      requireRange("classes", classes, 0, 0);
    }
  }

  /** A model whose head knows no categories. */
  public ModelSpec(Cell cell, int inputs, int layers, int hidden, Head head) {
    this(cell, inputs, layers, hidden, head, 0);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      String expected = min == max ? "" + min : min + ".." + max;
      throw new IllegalArgumentException(
          "model rejected: field=" + name + ", actual=" + value + ", expected=" + expected + ".");
    }
  }

  /** Y: a mean and a log variance for each feature, or a logit for each category, or one logit, or one value. */
  public int outputs() {
    return switch (head) {
      case FORECAST -> 2 * inputs;
      case CATEGORY -> classes;
      case BINARY, REGRESSION -> 1;
    };
  }

  /** How many values a step's target has: F features, or one category, label or value. */
  public int targets() {
    return head == Head.FORECAST ? inputs : 1;
  }

  /** Width of the input of a layer: F for the first, H for the others. */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : hidden;
  }

  /** Length of the hidden state h of all layers, and of the cell state c: L*H. */
  public int stateSize() {
    return layers * hidden;
  }

  /**
   * Names the model in full, as in {@code lstm-1x64-f16-forecast} or {@code lstm-1x64-f66-category66}: cell, layers x hidden, inputs,
   * head and its categories.
   */
  public String signature() {
    String shape = cell.name() + "-" + layers + "x" + hidden + "-f" + inputs + "-" + head.name();
    return (head == Head.CATEGORY ? shape + classes : shape).toLowerCase(Locale.ROOT);
  }

  /** The first eight bytes of SHA-256 over the signature: stands for it where a row has no room for text. */
  public long fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest(signature().getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
