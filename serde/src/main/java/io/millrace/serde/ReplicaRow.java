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
        "replica row", ReplicaLayout.MAGIC, ReplicaLayout.VERSION, ReplicaLayout.BODY_AT, spec);
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
    row.expect("length", ReplicaLayout.length(size, moments, inFlight), bytes.length);
    row.expectFinite("loss sum", in.getDouble(ReplicaLayout.UNCUT_LOSS_AT));
    int changesAt = (int) ReplicaLayout.changesAt(size, moments);
    row.expectFinite(in, ReplicaLayout.BODY_AT, changesAt);
    checkChanges(in, changesAt);
    return in;
  }

  private void checkChanges(ByteBuffer in, int changesAt) {
    int length = ReplicaLayout.CHANGE_HEADER + Float.BYTES * size;
    for (int at = changesAt; at < in.capacity(); at += length) {
      row.expectFinite("loss sum", in.getDouble(at + ReplicaLayout.CHANGE_LOSS_AT));
      row.expectFinite(in, at + ReplicaLayout.CHANGE_HEADER, at + length);
    }
  }
}
