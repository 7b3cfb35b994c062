package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import java.nio.ByteBuffer;

/** The suspicion towards a merge's row. */
final class MergeRow {
  private final LearnerRow row;
  private final int size;

  MergeRow(ModelSpec spec) {
    this.row = new LearnerRow(
        "merge row", MergeLayout.MAGIC, MergeLayout.RESTING, MergeLayout.BODY_AT, spec);
    this.size = new ParameterLayout(spec).size();
  }

  /** @return the row, from its first byte on */
  ByteBuffer checked(byte[] bytes) {
    ByteBuffer in = row.checked(bytes);
    int workers = in.getInt(MergeLayout.WORKERS_AT);
    row.expectCount("workers", workers);
    byte version = in.get(LearnerLayout.VERSION_AT);
    row.expect("length", MergeLayout.length(version, size, workers), bytes.length);
    row.expectFinite("usual norm", in.getDouble(MergeLayout.NORM_AT));
    row.expectFinite("usual steps", in.getDouble(MergeLayout.TYPICAL_STEPS_AT));
    row.expectFinite("recent loss", in.getDouble(MergeLayout.RECENT_AT));
    row.expectFinite("usual loss", in.getDouble(MergeLayout.USUAL_AT));
    row.expectFinite(in, MergeLayout.BODY_AT, (int) MergeLayout.workersAt(version, size));
    return in;
  }
}
