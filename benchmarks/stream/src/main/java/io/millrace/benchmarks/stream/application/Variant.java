package io.millrace.benchmarks.stream.application;

import java.util.Locale;

/** What is measured, the least first. */
public enum Variant {
  /** Events in, the same bytes out: no state. */
  PASS_THROUGH("stream"),
  /** A row of the same size read and written at every event, and a score's bytes out: nothing decoded, nothing encoded. */
  STORES("stream"),
  /** Millrace with the network left out: the same stores, codecs, statistics and sinks. */
  CEILING("stream"),
  /** Millrace, nothing learned. */
  SCORE("stream"),
  /** Millrace, learning. */
  LEARN("stream"),
  /** The same with the network left out: windows are gathered, sent, taken in and merged as updates that change nothing. */
  LEARN_CEILING("stream"),
  /** What one writes first: decode, ONNX Runtime, encode, one event at a time. */
  ONNXRUNTIME("onnxruntime"),
  /** The same with Deeplearning4j. */
  DL4J("deeplearning4j");

  private final String side;

  Variant(String side) {
    this.side = side;
  }

  /** The module of benchmarks on whose class path it runs. */
  public String side() {
    return side;
  }

  /** Millrace's own topology, which has much more to compile than the others. */
  public boolean isOurs() {
    return this == CEILING || this == SCORE || isLearning();
  }

  public boolean isLearning() {
    return this == LEARN || this == LEARN_CEILING;
  }

  public String label() {
    String[] words = name().split("_");
    StringBuilder label = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
    for (int n = 1; n < words.length; n++) {
      label.append(words[n].charAt(0)).append(words[n].substring(1).toLowerCase(Locale.ROOT));
    }
    return label.toString();
  }
}
