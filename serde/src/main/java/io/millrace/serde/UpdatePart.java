package io.millrace.serde;

import io.millrace.schemas.Update;

/** One part of an update, which passed every check that a part alone can. */
public final class UpdatePart {
  private final Update record;

  UpdatePart(Update record) {
    this.record = record;
  }

  Update record() {
    return record;
  }

  public int worker() {
    return record.getWorker();
  }

  public long sequence() {
    return record.getSequence();
  }

  public int part() {
    return record.getPart();
  }
}
