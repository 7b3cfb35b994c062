package io.millrace.model.kernel.simd;

/** An array of a thread's own, kept from event to event and as long as the longest asked for so far. */
final class Workspace {
  private static final ThreadLocal<Workspace> MINE = ThreadLocal.withInitial(Workspace::new);

  private float[] z = {};

  private Workspace() {}

  /** The calling thread's. */
  static Workspace mine() {
    return MINE.get();
  }

  /** What comes out of a product, and is worked on in place; lost with the next call. */
  float[] z(int length) {
    if (z.length < length) {
      z = new float[length];
    }
    return z;
  }
}
