package io.millrace.model;

/**
 * SplitMix64. Steele, Lea and Flood, OOPSLA 2014. Written out because version 0 of every model depends on its bits, and the
 * JDK does not promise those of its own generators.
 */
final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [-bound, bound), with 24 random bits. */
  float nextUniform(float bound) {
    float unit = (nextLong() >>> 40) * 0x1p-24f;
    return (2 * unit - 1) * bound;
  }
}
