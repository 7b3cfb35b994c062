package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.sync.DroppedSteps;
import io.millrace.model.learn.sync.MergeState;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.model.learn.sync.RollbackState;
import io.millrace.model.learn.sync.TypicalChange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@link MergeSnapshot} to the parts of its row and back, for one model. The layout is drawn in {@link MergeLayout}. */
public final class MergeCodec {
  private final long fingerprint;
  private final MergeRow row;
  private final int size;

  public MergeCodec(ModelSpec spec) {
    this.fingerprint = spec.fingerprint();
    this.row = new MergeRow(spec);
    this.size = new ParameterLayout(spec).size();
  }

  /** @return the row in parts of at most 512 KiB, at least one */
  public List<byte[]> encode(MergeSnapshot snapshot) {
    MergeState merge = snapshot.merge();
    RollbackState rollback = snapshot.rollback();
    SortedSet<Integer> workers = new TreeSet<>(merge.weights().sequences().keySet());
    workers.addAll(merge.lastHeard().keySet());
    byte version = isZero(merge.velocity()) ? MergeLayout.RESTING : MergeLayout.MOVING;
    ByteBuffer out = LearnerBytes.begin(
        Math.toIntExact(MergeLayout.length(version, size, workers.size())),
        MergeLayout.MAGIC,
        version,
        0,
        fingerprint,
        size,
        merge.dropped());
    putFigures(out, merge.weights());
    put(out, merge.typical());
    putFigures(out, rollback.good());
    out.putDouble(rollback.recent()).putDouble(rollback.usual());
    out.putLong(rollback.seen()).putLong(rollback.far()).putLong(rollback.trialLeft());
    out.putInt(workers.size()).putInt(0);
    LearnerBytes.put(out, merge.weights().values());
    if (version == MergeLayout.MOVING) {
      LearnerBytes.put(out, merge.velocity());
    }
    LearnerBytes.put(out, rollback.good().values());
    for (int worker : workers) {
      out.putLong(worker).putLong(merge.weights().sequenceOf(worker));
      out.putLong(merge.lastHeard().getOrDefault(worker, 0L));
    }
    return Parts.split(LearnerBytes.sealed(out));
  }

  /** In bits: one of the other sign is not left out. */
  private static boolean isZero(float[] values) {
    for (float value : values) {
      if (Float.floatToRawIntBits(value) != 0) {
        return false;
      }
    }
    return true;
  }

  private static void putFigures(ByteBuffer out, MergedWeights weights) {
    out.putLong(weights.version()).putLong(weights.stepsLearned()).putDouble(weights.loss());
    out.putLong(weights.rollback().version()).putLong(weights.rollback().rolledBackTo());
  }

  private static void put(ByteBuffer out, TypicalChange typical) {
    out.putLong(typical.count()).putDouble(typical.norm()).putDouble(typical.steps());
  }

  /**
   * @param parts all of them, in order
   * @throws CorruptLearnerException naming the first field that cannot be believed
   */
  public MergeSnapshot decode(List<byte[]> parts) {
    ByteBuffer in = row.checked(Parts.join(parts));
    DroppedSteps dropped = LearnerBytes.dropped(in);
    in.position(LearnerLayout.HEADER);
    Figures newest = Figures.from(in);
    TypicalChange typical = new TypicalChange(in.getLong(), in.getDouble(), in.getDouble());
    Figures good = Figures.from(in);
    double recent = in.getDouble();
    double usual = in.getDouble();
    long seen = in.getLong();
    long far = in.getLong();
    long trialLeft = in.getLong();
    in.position(MergeLayout.BODY_AT);
    float[] values = LearnerBytes.floats(in, size);
    float[] velocity = in.get(LearnerLayout.VERSION_AT) == MergeLayout.MOVING
        ? LearnerBytes.floats(in, size)
        : new float[size];
    float[] goodValues = LearnerBytes.floats(in, size);
    Map<Integer, Long> sequences = new TreeMap<>();
    Map<Integer, Long> lastHeard = new TreeMap<>();
    while (in.hasRemaining()) {
      int worker = (int) in.getLong();
      sequences.put(worker, in.getLong());
      lastHeard.put(worker, in.getLong());
    }
    return new MergeSnapshot(
        new MergeState(newest.with(values, sequences), velocity, lastHeard, typical, dropped),
        new RollbackState(good.with(goodValues, Map.of()), recent, usual, seen, far, trialLeft));
  }

  /** Of a version: all but its arrays. */
  private record Figures(long version, long stepsLearned, double loss, Rollback rollback) {

    static Figures from(ByteBuffer in) {
      return new Figures(
          in.getLong(), in.getLong(), in.getDouble(), new Rollback(in.getLong(), in.getLong()));
    }

    MergedWeights with(float[] values, Map<Integer, Long> sequences) {
      return new MergedWeights(version, values, sequences, stepsLearned, loss, rollback);
    }
  }
}
