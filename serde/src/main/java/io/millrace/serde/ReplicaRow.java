package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import java.nio.ByteBuffer;

/** The suspicion towards a replica's row. */
final class ReplicaRow {
  private final LearnerRow row;
  private final int size;

  ReplicaRow(ModelSpec spec) {
    this.row = new LearnerRow(
        "replica row", ReplicaLayout.MAGIC, ReplicaLayout.DIFFERENCES, ReplicaLayout.BODY_AT, spec);
    this.size = new ParameterLayout(spec).size();
  }

  /** @return the row, from its first byte on */
  ByteBuffer checked(byte[] bytes) {
    ByteBuffer in = row.checked(bytes);
    int kind = in.get(ReplicaLayout.KIND_AT);
    if (kind < 0 || kind >= ReplicaLayout.KINDS.size()) {
      throw row.rejected("optimizer", "0 to " + (ReplicaLayout.KINDS.size() - 1), kind);
    }
    int moments = in.getInt(ReplicaLayout.MOMENTS_AT);
    int inFlight = in.getInt(ReplicaLayout.IN_FLIGHT_AT);
    row.expectCount("moments", moments);
    row.expectCount("changes", inFlight);
    long values = valuesLength(in);
    row.expect("length", ReplicaLayout.length(values, size, moments, inFlight), bytes.length);
    row.expectFinite("loss sum", in.getDouble(ReplicaLayout.UNCUT_LOSS_AT));
    if (in.get(LearnerLayout.VERSION_AT) == ReplicaLayout.WHOLE) {
      row.expectFinite(in, ReplicaLayout.BODY_AT, ReplicaLayout.BODY_AT + (int) values);
    } else {
      checkDifferences(in, ReplicaLayout.BODY_AT + (int) values);
    }
    int changesAt = (int) ReplicaLayout.changesAt(values, size, moments);
    row.expectFinite(in, ReplicaLayout.BODY_AT + (int) values, changesAt);
    checkChanges(in, changesAt);
    return in;
  }

  /** Bytes that the values take. */
  long valuesLength(ByteBuffer in) {
    if (in.get(LearnerLayout.VERSION_AT) == ReplicaLayout.WHOLE) {
      return ReplicaLayout.whole(size);
    }
    int count = in.capacity() < ReplicaLayout.BODY_AT + Integer.BYTES
        ? -1
        : in.getInt(ReplicaLayout.BODY_AT);
    row.expectCount("differences", count);
    return ReplicaLayout.differences(count);
  }

  private void checkDifferences(ByteBuffer in, int end) {
    int before = -1;
    for (int at = ReplicaLayout.BODY_AT + Integer.BYTES; at < end; at += ReplicaLayout.DIFFERENCE) {
      int index = in.getInt(at);
      if (index <= before || index >= size) {
        throw row.rejected("index at " + at, before + 1 + " to " + (size - 1), index);
      }
      row.expectFinite("value at " + (at + Integer.BYTES), in.getFloat(at + Integer.BYTES));
      before = index;
    }
  }

  private void checkChanges(ByteBuffer in, int changesAt) {
    int length = ReplicaLayout.CHANGE_HEADER + Float.BYTES * size;
    for (int at = changesAt; at < in.capacity(); at += length) {
      row.expectFinite("loss sum", in.getDouble(at + ReplicaLayout.CHANGE_LOSS_AT));
      row.expectFinite(in, at + ReplicaLayout.CHANGE_HEADER, at + length);
    }
  }
}
