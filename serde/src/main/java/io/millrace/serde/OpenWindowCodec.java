package io.millrace.serde;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Step;
import java.nio.ByteBuffer;

/**
 * The rows of a window that is not cut yet: one head, written when it opens, and one row a step, so that a step is appended
 * without touching the others. Little-endian, each after a {@link RowFrame}.
 *
 * <pre>
 *   head "MH", version 1            step "MS", version 1
 *   offset     size  field          offset   size  field
 *   8          8     fingerprint    8        8     number of the step
 *   16         8     first step     16       8     time of the target, ms since 1970
 *   24         8     weights        24       4R    input row, f32
 *   32         8     deadline       24+4R    4G    target, f32
 *   40         4LH   h, f32         then     1     1 where the target is known, else 0; only
 *   40 + 4LH   4LH   c, f32                        where a head predicts labels
 * </pre>
 *
 * R columns of a row, G values of a target. R=G=16, H=64, one layer: 552 bytes a window and 152 bytes a step.
 */
public final class OpenWindowCodec {
  private static final RowFrame HEAD = new RowFrame("window head", (short) 0x484D, (byte) 1);
  private static final RowFrame STEP = new RowFrame("window step", (short) 0x534D, (byte) 1);
  private static final int HEAD_SIZE = RowFrame.SIZE + 4 * Long.BYTES;
  private static final int STEP_SIZE = RowFrame.SIZE + 2 * Long.BYTES;

  private final ModelSpec spec;
  private final long fingerprint;
  private final int stepSize;
  private final boolean mayLackTarget;

  public OpenWindowCodec(ModelSpec spec) {
    this.spec = spec;
    this.fingerprint = spec.fingerprint();
    this.mayLackTarget = !spec.head().isLazy();
    this.stepSize =
        STEP_SIZE + Float.BYTES * (spec.rowWidth() + spec.targets()) + (mayLackTarget ? 1 : 0);
  }

  /**
   * What a window begins with.
   *
   * @param firstStep its number
   * @param weightsVersion newest when the window opened
   * @param deadline record time at which the key will have gone quiet if nothing more comes: milliseconds since 1970
   * @param initial state before the first step
   */
  public record Head(long firstStep, long weightsVersion, long deadline, HiddenState initial) {
    public Head withDeadline(long later) {
      return new Head(firstStep, weightsVersion, later, initial);
    }
  }

  /**
   * A step as it is stored.
   *
   * @param input [R]
   * @param target [G]
   * @param known whether there is a target
   */
  public record StoredStep(long number, long time, float[] input, float[] target, boolean known) {}

  public byte[] encode(Head head) {
    ByteBuffer out = HEAD.begin(HEAD_SIZE + 2 * Float.BYTES * spec.stateSize());
    out.putLong(fingerprint)
        .putLong(head.firstStep())
        .putLong(head.weightsVersion())
        .putLong(head.deadline());
    Floats.put(out, head.initial().h());
    Floats.put(out, head.initial().c());
    return HEAD.seal(out);
  }

  public byte[] encode(Step step) {
    ByteBuffer out = STEP.begin(stepSize);
    out.putLong(step.number()).putLong(step.time());
    Floats.put(out, step.input());
    Floats.put(out, step.target());
    if (mayLackTarget) {
      out.put((byte) (step.known() ? 1 : 0));
    }
    return STEP.seal(out);
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public Head decodeHead(byte[] bytes) {
    ByteBuffer in = HEAD.open(bytes);
    HEAD.expect("length", HEAD_SIZE + 2L * Float.BYTES * spec.stateSize(), bytes.length);
    HEAD.expect("signature", fingerprint, in.getLong());
    long firstStep = in.getLong();
    long weightsVersion = in.getLong();
    long deadline = in.getLong();
    float[] h = Floats.get(in, spec.stateSize());
    float[] c = Floats.get(in, spec.stateSize());
    return new Head(firstStep, weightsVersion, deadline, new HiddenState(h, c));
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public StoredStep decodeStep(byte[] bytes) {
    ByteBuffer in = STEP.open(bytes);
    STEP.expect("length", stepSize, bytes.length);
    long number = in.getLong();
    long time = in.getLong();
    float[] input = Floats.get(in, spec.rowWidth());
    float[] target = Floats.get(in, spec.targets());
    return new StoredStep(number, time, input, target, !mayLackTarget || in.get() == 1);
  }
}
