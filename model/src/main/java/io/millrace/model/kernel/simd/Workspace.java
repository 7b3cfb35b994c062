package io.millrace.model.kernel.simd;

/**
 * Two arrays of a thread's own, kept from event to event and as long as the longest asked for so far. What is in them is lost with
 * the next call.
 */
final class Workspace {
  private static final ThreadLocal<Workspace> MINE = ThreadLocal.withInitial(Workspace::new);

  private float[] u = {};
  private float[] z = {};

  private Workspace() {}

  /** The calling thread's. */
  static Workspace mine() {
    return MINE.get();
  }

  /** What goes into a product. */
  float[] u(int length) {
    if (u.length < length) {
      u = new float[length];
    }
    return u;
  }

  /** What comes out of a product, and is worked on in place. */
  float[] z(int length) {
    if (z.length < length) {
      z = new float[length];
    }
    return z;
  }
}
