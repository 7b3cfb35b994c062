package io.millrace.serde;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a window that has not gone out yet: one head, written when it opens, and one row a step, so that a step is appended
 * without touching the others; one row in all for a window that waits for labels. Little-endian, each after a {@link RowFrame}. The
 * steps of a lazy head are in rows of {@link StepGroupCodec} instead.
 *
 * <pre>
 *   head "MH", version 2               step "MS", version 1
 *   offset     size  field             offset    size  field
 *   8          8     fingerprint       8         8     number of the step
 *   16         8     first step        16        8     time of the event, ms since 1970
 *   24         8     weights           24        4R    input row, f32
 *   32         8     deadline          24 + 4R   4G    target, f32
 *   40         4LH   h, f32            then      1     1 where the label is known, else 0
 *   40 + 4LH   4LH   c, f32            then      2     length of the id, 0 where none is awaited
 *   40 + 8LH   4R    first input       then            id whose label is awaited, UTF-8
 *                    row, f32
 *
 *   waiting window "MW", version 2
 *   8                a head from its offset 8 on, then the number of steps [4], then steps from their offset 8 on
 * </pre>
 *
 * R columns of a row, G values of a target. R=16, G=1, H=64, one layer: 616 bytes a window, 95 and the id a step.
 */
public final class OpenWindowCodec {
  private static final RowFrame HEAD = new RowFrame("window head", (short) 0x484D, (byte) 2);
  private static final RowFrame STEP = new RowFrame("window step", (short) 0x534D, (byte) 1);
  private static final RowFrame WAITING = new RowFrame("waiting window", (short) 0x574D, (byte) 2);

  private final ModelSpec spec;
  private final long fingerprint;
  private final int headBytes;
  private final int stepBytes;

  public OpenWindowCodec(ModelSpec spec) {
    this.spec = spec;
    this.fingerprint = spec.fingerprint();
    this.headBytes = 4 * Long.BYTES + Float.BYTES * (2 * spec.stateSize() + spec.rowWidth());
    this.stepBytes =
        2 * Long.BYTES + Float.BYTES * (spec.rowWidth() + spec.targets()) + 1 + Short.BYTES;
  }

  /**
   * What a window begins with.
   *
   * @param firstStep its number
   * @param weightsVersion newest when the window opened
   * @param deadline record time, milliseconds since 1970: of an open window, when the key would have gone quiet had nothing more
   *     come when it opened; of a waiting one, when it waits no longer
   * @param initial state before the first step
   * @param input [R] of the first step; of no meaning where each step has a row of its own
   */
  public record Head(
      long firstStep, long weightsVersion, long deadline, HiddenState initial, float[] input) {
    public Head withDeadline(long later) {
      return new Head(firstStep, weightsVersion, later, initial, input);
    }
  }

  public byte[] encode(Head head) {
    ByteBuffer out = HEAD.begin(RowFrame.SIZE + headBytes);
    put(out, head);
    return HEAD.seal(out);
  }

  public byte[] encode(StoredStep step) {
    byte[] id = id(step);
    ByteBuffer out = STEP.begin(RowFrame.SIZE + stepBytes + id.length);
    put(out, step, id);
    return STEP.seal(out);
  }

  public byte[] encode(StoredWindow window) {
    List<byte[]> ids = window.steps().stream().map(OpenWindowCodec::id).toList();
    int size = RowFrame.SIZE
        + headBytes
        + Integer.BYTES
        + ids.size() * stepBytes
        + ids.stream().mapToInt(id -> id.length).sum();
    ByteBuffer out = WAITING.begin(size);
    put(out, window.head());
    out.putInt(ids.size());
    for (int t = 0; t < ids.size(); t++) {
      put(out, window.steps().get(t), ids.get(t));
    }
    return WAITING.seal(out);
  }

  private void put(ByteBuffer out, Head head) {
    out.putLong(fingerprint)
        .putLong(head.firstStep())
        .putLong(head.weightsVersion())
        .putLong(head.deadline());
    Floats.put(out, head.initial().h());
    Floats.put(out, head.initial().c());
    Floats.put(out, head.input());
  }

  private void put(ByteBuffer out, StoredStep step, byte[] id) {
    out.putLong(step.number()).putLong(step.time());
    Floats.put(out, step.input());
    Floats.put(out, step.target());
    out.put((byte) (step.known() ? 1 : 0)).putShort((short) id.length).put(id);
  }

  private static byte[] id(StoredStep step) {
    return step.awaited().orElse("").getBytes(StandardCharsets.UTF_8);
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public Head decodeHead(byte[] bytes) {
    ByteBuffer in = HEAD.open(bytes);
    HEAD.expect("length", RowFrame.SIZE + headBytes, bytes.length);
    return head(in, HEAD);
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public StoredStep decodeStep(byte[] bytes) {
    ByteBuffer in = STEP.open(bytes);
    try {
      StoredStep step = step(in, STEP);
      STEP.expect("length", in.position(), bytes.length);
      return step;
    } catch (BufferUnderflowException e) {
      throw new CorruptRowException("window step", "length", "more", bytes.length);
    }
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public StoredWindow decodeWindow(byte[] bytes) {
    ByteBuffer in = WAITING.open(bytes);
    try {
      Head head = head(in, WAITING);
      int count = in.getInt();
      if (count < 1) {
        throw new CorruptRowException("waiting window", "steps", "at least 1", count);
      }
      List<StoredStep> steps = new ArrayList<>();
      for (int t = 0; t < count; t++) {
        StoredStep step = step(in, WAITING);
        WAITING.expect("step", head.firstStep() + t, step.number());
        steps.add(step);
      }
      WAITING.expect("length", in.position(), bytes.length);
      return new StoredWindow(head, steps);
    } catch (BufferUnderflowException e) {
      throw new CorruptRowException("waiting window", "length", "more", bytes.length);
    }
  }

  private Head head(ByteBuffer in, RowFrame frame) {
    frame.expect("signature", fingerprint, in.getLong());
    long firstStep = in.getLong();
    long weightsVersion = in.getLong();
    long deadline = in.getLong();
    float[] h = floats(in, spec.stateSize(), frame);
    float[] c = floats(in, spec.stateSize(), frame);
    float[] input = floats(in, spec.rowWidth(), frame);
    return new Head(firstStep, weightsVersion, deadline, new HiddenState(h, c), input);
  }

  /** A checksum vouches for the bytes, not for whoever computed them. */
  private static float[] floats(ByteBuffer in, int length, RowFrame frame) {
    float[] values = Floats.get(in, length);
    if (!Floats.areFinite(values)) {
      throw new CorruptRowException(frame.kind(), "values", "finite", "NaN or infinite");
    }
    return values;
  }

  private StoredStep step(ByteBuffer in, RowFrame frame) {
    long number = in.getLong();
    long time = in.getLong();
    float[] input = floats(in, spec.rowWidth(), frame);
    float[] target = floats(in, spec.targets(), frame);
    boolean known = in.get() == 1;
    byte[] id = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(id);
    return new StoredStep(
        number,
        time,
        input,
        target,
        known,
        id.length == 0 ? Optional.empty() : Optional.of(new String(id, StandardCharsets.UTF_8)));
  }
}
