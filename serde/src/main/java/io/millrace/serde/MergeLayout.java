package io.millrace.serde;

/**
 * The bytes of a merge's row, version 1, after the head that {@link LearnerLayout} draws. Little-endian.
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
 *   240 + 4N    4N    velocity, f32
 *   240 + 8N    4N    values of the good weights, f32
 *   240 + 12N   24W   workers: number, last sequence, version last heard at: 8 each
 * </pre>
 *
 * A NaN is allowed in the two losses of weights only: nothing is learned yet.
 */
final class MergeLayout {
  static final short MAGIC = 0x4D4D;
  static final byte VERSION = 1;

  static final int NORM_AT = 136;
  static final int TYPICAL_STEPS_AT = 144;
  static final int RECENT_AT = 192;
  static final int USUAL_AT = 200;
  static final int WORKERS_AT = 232;
  static final int BODY_AT = 240;
  private static final int WORKER = 24;

  private MergeLayout() {}

  static long length(int size, int workers) {
    return workersAt(size) + (long) WORKER * workers;
  }

  static long workersAt(int size) {
    return BODY_AT + 3L * Float.BYTES * size;
  }
}
