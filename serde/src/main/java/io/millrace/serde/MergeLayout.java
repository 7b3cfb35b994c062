package io.millrace.serde;

/**
 * The bytes of a merge's row, after the head that {@link LearnerLayout} draws. Little-endian. Version 2 leaves out a velocity that is
 * all zero, as it is with a rate of 1 and no momentum.
 *
 * <pre>
 *   offset      size  field
 *   3           1     reserved, 0
 *   88          40    the newest weights: version, steps learned: 8 each; loss, f64: 8;
 *                       newest rollback's version and what it went back to: 8 each
 *   128         8     usual change: count
 *   136         8     usual change: norm, f64
 *   144         8     usual change: steps, f64
 *   152         40    the good weights, as the newest
 *   192         8     rollback: recent loss, f64
 *   200         8     rollback: usual loss, f64
 *   208         8     rollback: steps seen
 *   216         8     rollback: steps that the loss is far
 *   224         8     rollback: steps left of a trial
 *   232         4     W, workers
 *   236         4     reserved, 0
 *   240         4N    values of the newest weights, f32
 *   240 + 4N    V     velocity, f32: version 1: V = 4N; version 2: V = 0
 *   240 + 4N+V  4N    values of the good weights, f32
 *   240 + 8N+V  24W   workers: number, last sequence, version last heard at: 8 each
 * </pre>
 *
 * A NaN is allowed in the two losses of weights only: nothing is learned yet.
 */
final class MergeLayout {
  static final short MAGIC = 0x4D4D;

  /** With a velocity. */
  static final byte MOVING = 1;

  /** Without. */
  static final byte RESTING = 2;

  static final int NORM_AT = 136;
  static final int TYPICAL_STEPS_AT = 144;
  static final int RECENT_AT = 192;
  static final int USUAL_AT = 200;
  static final int WORKERS_AT = 232;
  static final int BODY_AT = 240;
  private static final int WORKER = 24;

  private MergeLayout() {}

  static long length(byte version, int size, int workers) {
    return workersAt(version, size) + (long) WORKER * workers;
  }

  static long workersAt(byte version, int size) {
    return BODY_AT + (version == MOVING ? 3L : 2L) * Float.BYTES * size;
  }
}
