package io.millrace.model.scoring;

/** How far a figure may lead. */
final class Bounds {
  /** What the network is shown is bounded: one wild reading must not saturate every gate. */
  static final double INPUT = 8;

  /** Standardized errors beyond this are all the same wonder; keeps every sum finite. */
  static final double ERROR = 1e6;

  private Bounds() {}

  static double within(double bound, double value) {
    return Math.max(-bound, Math.min(bound, value));
  }
}
