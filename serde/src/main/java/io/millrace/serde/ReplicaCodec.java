package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import io.millrace.model.learn.optimizer.OptimizerState;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.DroppedSteps;
import io.millrace.model.learn.sync.ReplicaState;
import io.millrace.model.learn.sync.Tally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@link ReplicaState} to the parts of its row and back, for one model. The layout is drawn in {@link ReplicaLayout}. */
public final class ReplicaCodec {
  private final long fingerprint;
  private final ReplicaRow row;
  private final int size;

  public ReplicaCodec(ModelSpec spec) {
    this.fingerprint = spec.fingerprint();
    this.row = new ReplicaRow(spec);
    this.size = new ParameterLayout(spec).size();
  }

  /** @return the row in parts of at most 512 KiB, at least one */
  public List<byte[]> encode(ReplicaState state) {
    OptimizerState optimizer = state.optimizer();
    int moments = optimizer.moments().length;
    int inFlight = state.inFlight().size();
    int differing = differing(state);
    long whole = ReplicaLayout.whole(size);
    long values = Math.min(whole, ReplicaLayout.differences(differing));
    byte version = values == whole ? ReplicaLayout.WHOLE : ReplicaLayout.DIFFERENCES;
    ByteBuffer out = LearnerBytes.begin(
        Math.toIntExact(ReplicaLayout.length(values, size, moments, inFlight)),
        ReplicaLayout.MAGIC,
        version,
        ReplicaLayout.KINDS.indexOf(optimizer.kind()),
        fingerprint,
        size,
        state.dropped());
    out.putLong(state.baseVersion()).putLong(state.sequence());
    LearnerBytes.put(out, state.uncut());
    out.putLong(optimizer.updates()).putLong(optimizer.age());
    out.putInt(moments).putInt(inFlight);
    if (version == ReplicaLayout.WHOLE) {
      LearnerBytes.put(out, state.values());
    } else {
      putDifferences(out, state, differing);
    }
    LearnerBytes.put(out, state.published());
    for (float[] moment : optimizer.moments()) {
      LearnerBytes.put(out, moment);
    }
    state.inFlight().forEach(change -> put(out, change));
    return Parts.split(LearnerBytes.sealed(out));
  }

  private static int differing(ReplicaState state) {
    int differing = 0;
    for (int n = 0; n < state.values().length; n++) {
      differing += differs(state, n) ? 1 : 0;
    }
    return differing;
  }

  /** In bits: a zero of the other sign is another value. */
  private static boolean differs(ReplicaState state, int n) {
    return Float.floatToRawIntBits(state.values()[n])
        != Float.floatToRawIntBits(state.published()[n]);
  }

  private static void putDifferences(ByteBuffer out, ReplicaState state, int differing) {
    out.putInt(differing);
    for (int n = 0; n < state.values().length; n++) {
      if (differs(state, n)) {
        out.putInt(n).putFloat(state.values()[n]);
      }
    }
  }

  private static void put(ByteBuffer out, Change change) {
    out.putLong(change.baseVersion()).putLong(change.sequence());
    LearnerBytes.put(out, change.tally());
    LearnerBytes.put(out, change.delta());
  }

  /**
   * @param parts all of them, in order
   * @throws CorruptLearnerException naming the first field that cannot be believed
   */
  public ReplicaState decode(List<byte[]> parts) {
    ByteBuffer in = row.checked(Parts.join(parts));
    Kind kind = ReplicaLayout.KINDS.get(in.get(ReplicaLayout.KIND_AT));
    DroppedSteps dropped = LearnerBytes.dropped(in);
    in.position(ReplicaLayout.BASE_VERSION_AT);
    long baseVersion = in.getLong();
    long sequence = in.getLong();
    Tally uncut = LearnerBytes.tally(in);
    long updates = in.getLong();
    long age = in.getLong();
    float[][] moments = new float[in.getInt()][];
    int inFlight = in.getInt();
    int valuesAt = in.position();
    in.position(valuesAt + (int) row.valuesLength(in));
    float[] published = LearnerBytes.floats(in, size);
    float[] values = values(in, valuesAt, published);
    for (int k = 0; k < moments.length; k++) {
      moments[k] = LearnerBytes.floats(in, size);
    }
    OptimizerState optimizer = new OptimizerState(kind, updates, age, moments);
    return new ReplicaState(
        baseVersion, sequence, values, published, optimizer, uncut, changes(in, inFlight), dropped);
  }

  private float[] values(ByteBuffer in, int at, float[] published) {
    ByteBuffer own = in.duplicate().order(in.order()).position(at);
    if (in.get(LearnerLayout.VERSION_AT) == ReplicaLayout.WHOLE) {
      return LearnerBytes.floats(own, size);
    }
    float[] values = published.clone();
    for (int left = own.getInt(); left > 0; left--) {
      values[own.getInt()] = own.getFloat();
    }
    return values;
  }

  private List<Change> changes(ByteBuffer in, int count) {
    List<Change> changes = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      changes.add(new Change(
          in.getLong(), in.getLong(), LearnerBytes.tally(in), LearnerBytes.floats(in, size)));
    }
    return changes;
  }
}
