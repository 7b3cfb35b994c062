package io.millrace.topology.learn;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.Replica;
import io.millrace.model.learn.sync.ReplicaState;
import io.millrace.serde.UpdateCodec;
import io.millrace.state.Snapshot;

/**
 * Makes bytes of what a worker has learned: of its change, and of the replica that goes with it. That is five copies of the parameters,
 * and a millisecond or two during which no event would be scored if the stream's thread did it. For one thread at a time.
 */
final class UpdateWriter {
  private final UpdateCodec updates;
  private final int worker;
  private final Snapshot<ReplicaState> rows;

  /** @param rows only asked to encode */
  UpdateWriter(ModelSpec spec, int worker, Snapshot<ReplicaState> rows) {
    this.updates = new UpdateCodec(spec);
    this.worker = worker;
    this.rows = rows;
  }

  /**
   * @param replica that may cut
   * @param newestWindow offset of the newest window in it
   */
  WrittenUpdate cut(Replica replica, long newestWindow) {
    Change change = replica.cut().orElseThrow();
    return new WrittenUpdate(
        change, updates.encode(worker, change, newestWindow), rows.encoded(replica.snapshot()));
  }
}
