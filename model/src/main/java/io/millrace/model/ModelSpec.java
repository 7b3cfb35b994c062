package io.millrace.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * The shape of a network, and the axis letters used everywhere: {@code F} numeric inputs, {@code H} hidden units of each
 * layer, {@code L} layers, {@code Y} outputs of the head.
 *
 * <p>Two specs are the same model if and only if their {@linkplain #signature() signatures} are equal.
 *
 * @param cell the recurrent cell of every layer
 * @param inputs F, from 1 to {@value #MAX_INPUTS}
 * @param layers L, from 1 to {@value #MAX_LAYERS}
 * @param hidden H, from 1 to {@value #MAX_HIDDEN}
 * @param head what is predicted
 */
public record ModelSpec(Cell cell, int inputs, int layers, int hidden, Head head) {

  public static final int MAX_INPUTS = 4096;
  public static final int MAX_LAYERS = 16;
  public static final int MAX_HIDDEN = 8192;

  public ModelSpec {
    requireRange("inputs", inputs, MAX_INPUTS);
    requireRange("layers", layers, MAX_LAYERS);
    requireRange("hidden", hidden, MAX_HIDDEN);
  }

  private static void requireRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "model rejected: field=" + name + ", actual=" + value + ", expected=1.." + max + ".");
    }
  }

  /** Y: a mean and a log variance for each feature. */
  public int outputs() {
    return switch (head) {
      case FORECAST -> 2 * inputs;
    };
  }

  /** Width of the input of a layer: F for the first, H for the others. */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : hidden;
  }

  /** Length of the hidden state h of all layers, and of the cell state c: L*H. */
  public int stateSize() {
    return layers * hidden;
  }

  /** Names the model in full, as in {@code lstm-1x64-f16-forecast}: cell, layers x hidden, inputs, head. */
  public String signature() {
    return (cell.name() + "-" + layers + "x" + hidden + "-f" + inputs + "-" + head.name())
        .toLowerCase(Locale.ROOT);
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
