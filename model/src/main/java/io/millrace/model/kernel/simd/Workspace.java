package io.millrace.model.kernel.simd;

/** Arrays of a thread's own, kept from event to event and each as long as the longest asked for so far. */
final class Workspace {
  private static final ThreadLocal<Workspace> MINE = ThreadLocal.withInitial(Workspace::new);

  private float[] u = {};
  private CacheLines.Part<float[]> z = CacheLines.FLOATS.take(0);
  private int zLength;

  private Workspace() {}

  /** The calling thread's. */
  static Workspace mine() {
    return MINE.get();
  }

  /** What is multiplied; lost with the next call. */
  float[] u(int length) {
    if (u.length < length) {
      u = new float[length];
    }
    return u;
  }

  /** What comes out of a product, and is worked on in place; lost with the next call. */
  CacheLines.Part<float[]> z(int length) {
    if (zLength < length) {
      z = CacheLines.FLOATS.take(length);
      zLength = length;
    }
    return z;
  }
}
