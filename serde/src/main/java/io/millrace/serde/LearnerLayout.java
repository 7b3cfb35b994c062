package io.millrace.serde;

import io.millrace.model.learn.sync.DropReason;
import java.util.List;

/**
 * What the rows of learn and merge have in common. Little-endian; stored in parts of 512 KiB.
 *
 * <pre>
 *   offset  size  field
 *   0       2     magic: "MR" replica, "MM" merge
 *   2       1     layout version
 *   3       1     the row's own
 *   4       4     CRC-32C of all other bytes of the row, over all its parts
 *   8       8     fingerprint of the model's signature
 *   16      4     length of the row in bytes, over all its parts
 *   20      4     N, parameters of the model
 *   24      64    steps dropped, one i64 for each reason; the last two are reserved, 0
 *   88            the row's own
 * </pre>
 */
final class LearnerLayout {
  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 2;
  static final int CHECKSUM_AT = 4;
  static final int FINGERPRINT_AT = 8;
  static final int LENGTH_AT = 16;
  static final int SIZE_AT = 20;
  static final int DROPPED_AT = 24;
  static final int DROPPED_SLOTS = 8;
  static final int HEADER = DROPPED_AT + Long.BYTES * DROPPED_SLOTS;

  /** The reason of each slot: never reordered, only added to. */
  static final List<DropReason> REASONS = List.of(
      DropReason.NON_FINITE_GRADIENT,
      DropReason.DIVERGED_REPLICA,
      DropReason.NON_FINITE_CHANGE,
      DropReason.EXPLODING_CHANGE,
      DropReason.STALE_CHANGE,
      DropReason.ROLLED_BACK);

  private LearnerLayout() {}
}
