package io.millrace.serde;

import io.millrace.model.learn.sync.DropReason;
import io.millrace.model.learn.sync.DroppedSteps;
import io.millrace.model.learn.sync.Tally;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reading and writing what the rows of learn and merge have in common, in the order of {@link LearnerLayout}. */
final class LearnerBytes {
  private LearnerBytes() {}

  /** A row of that length with its head, less the checksum; it stands at the first byte after the head. */
  static ByteBuffer begin(
      int length,
      short magic,
      byte version,
      int own,
      long fingerprint,
      int size,
      DroppedSteps drops) {
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort(magic).put(version).put((byte) own).putInt(0);
    out.putLong(fingerprint).putInt(length).putInt(size);
    for (DropReason reason : LearnerLayout.REASONS) {
      out.putLong(drops.of(reason));
    }
    return out.position(LearnerLayout.HEADER);
  }

  static byte[] sealed(ByteBuffer out) {
    out.putInt(LearnerLayout.CHECKSUM_AT, LearnerRow.checksum(out.array()));
    return out.array();
  }

  static DroppedSteps dropped(ByteBuffer in) {
    DroppedSteps dropped = DroppedSteps.NONE;
    for (int slot = 0; slot < LearnerLayout.REASONS.size(); slot++) {
      long steps = in.getLong(LearnerLayout.DROPPED_AT + Long.BYTES * slot);
      dropped = dropped.plus(LearnerLayout.REASONS.get(slot), steps);
    }
    return dropped;
  }

  static void put(ByteBuffer out, Tally tally) {
    out.putLong(tally.windows()).putLong(tally.steps()).putDouble(tally.lossSum());
  }

  static Tally tally(ByteBuffer in) {
    return new Tally(in.getLong(), in.getLong(), in.getDouble());
  }

  static void put(ByteBuffer out, float[] values) {
    out.asFloatBuffer().put(values);
    out.position(out.position() + Float.BYTES * values.length);
  }

  static float[] floats(ByteBuffer in, int length) {
    float[] values = new float[length];
    in.asFloatBuffer().get(values);
    in.position(in.position() + Float.BYTES * length);
    return values;
  }
}
