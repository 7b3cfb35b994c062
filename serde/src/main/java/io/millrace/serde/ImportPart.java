package io.millrace.serde;

import io.millrace.schemas.Import;

/** One part of an import, which passed every check that a part alone can. */
public final class ImportPart {
  private final Import record;

  ImportPart(Import record) {
    this.record = record;
  }

  Import record() {
    return record;
  }

  public long number() {
    return record.getNumber();
  }

  public int part() {
    return record.getPart();
  }
}
