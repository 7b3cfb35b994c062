package io.millrace.serde;

import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import java.util.List;

/**
 * The bytes of a {@code ReplicaState} row, version 1, after the head that {@link LearnerLayout} draws. Little-endian.
 *
 * <pre>
 *   offset          size     field
 *   3               1        optimizer: 0 SGD, 1 RMSProp, 2 Adagrad, 3 Adam, 4 AdamW
 *   88              8        base version
 *   96              8        sequence
 *   104             8        uncut: windows
 *   112             8        uncut: steps
 *   120             8        uncut: loss sum, f64
 *   128             8        optimizer: updates
 *   136             8        optimizer: age of the moments
 *   144             4        M, moments
 *   148             4        K, changes on their way
 *   152             4N       values, f32
 *   152 + 4N        4N       published, f32
 *   152 + 8N        4NM      moments, f32
 *   152 + 4N(2+M)   (40+4N)K changes on their way:
 *                              base version, sequence, windows, steps: 8 each; loss sum, f64: 8; delta, f32: 4N
 * </pre>
 */
final class ReplicaLayout {
  static final short MAGIC = 0x524D;
  static final byte VERSION = 1;

  static final int KIND_AT = 3;
  static final int BASE_VERSION_AT = LearnerLayout.HEADER;
  static final int UNCUT_LOSS_AT = 120;
  static final int MOMENTS_AT = 144;
  static final int IN_FLIGHT_AT = 148;
  static final int BODY_AT = 152;
  static final int CHANGE_HEADER = 40;
  static final int CHANGE_LOSS_AT = 32;

  /** The kind of each number: never reordered, only added to. */
  static final List<Kind> KINDS =
      List.of(Kind.SGD, Kind.RMSPROP, Kind.ADAGRAD, Kind.ADAM, Kind.ADAMW);

  private ReplicaLayout() {}

  static long length(int size, int moments, int inFlight) {
    long array = (long) Float.BYTES * size;
    return changesAt(size, moments) + inFlight * (CHANGE_HEADER + array);
  }

  static long changesAt(int size, int moments) {
    return BODY_AT + (2L + moments) * Float.BYTES * size;
  }
}
