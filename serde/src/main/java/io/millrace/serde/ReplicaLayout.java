package io.millrace.serde;

import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import java.util.List;

/**
 * The bytes of a {@code ReplicaState} row, after the head that {@link LearnerLayout} draws. Little-endian. Where a change was just cut,
 * the values are what is published but for what a sum in floats rounds away: version 2 tells the difference alone, and is written
 * where that is shorter.
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
 *   152             V        values: version 1: f32, V = 4N; version 2, V = 4 + 8D:
 *                              D: 4; by ascending index those that differ from published: index, value as f32: 4 each
 *   152 + V         4N       published, f32
 *   152 + V + 4N    4NM      moments, f32
 *   152 + V + 4N(1+M)  (40+4N)K  changes on their way:
 *                              base version, sequence, windows, steps: 8 each; loss sum, f64: 8; delta, f32: 4N
 * </pre>
 */
final class ReplicaLayout {
  static final short MAGIC = 0x524D;

  /** All values. */
  static final byte WHOLE = 1;

  /** Those alone that differ from what is published. */
  static final byte DIFFERENCES = 2;

  static final int KIND_AT = 3;
  static final int BASE_VERSION_AT = LearnerLayout.HEADER;
  static final int UNCUT_LOSS_AT = 120;
  static final int MOMENTS_AT = 144;
  static final int IN_FLIGHT_AT = 148;
  static final int BODY_AT = 152;
  static final int DIFFERENCE = Integer.BYTES + Float.BYTES;
  static final int CHANGE_HEADER = 40;
  static final int CHANGE_LOSS_AT = 32;

  /** The kind of each number: never reordered, only added to. */
  static final List<Kind> KINDS =
      List.of(Kind.SGD, Kind.RMSPROP, Kind.ADAGRAD, Kind.ADAM, Kind.ADAMW);

  private ReplicaLayout() {}

  /** Bytes of all values. */
  static long whole(int size) {
    return (long) Float.BYTES * size;
  }

  /** Bytes of that many differences. */
  static long differences(int count) {
    return Integer.BYTES + (long) DIFFERENCE * count;
  }

  /** @param values bytes that the values take */
  static long length(long values, int size, int moments, int inFlight) {
    return changesAt(values, size, moments) + inFlight * (CHANGE_HEADER + whole(size));
  }

  /** @param values bytes that the values take */
  static long changesAt(long values, int size, int moments) {
    return BODY_AT + values + (1L + moments) * whole(size);
  }
}
