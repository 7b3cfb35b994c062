package io.millrace.serde;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.schemas.Numbers;
import io.millrace.schemas.Window;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;

/** {@link CutWindow} to the bytes of its {@link Window} record and back, for one model. One thread at a time. */
public final class WindowCodec {
  /** Longer ones are nobody's: a length from outside decides how much is allocated. */
  static final int MAX_STEPS = 65_536;

  /** The windows topic keeps records of before. */
  private final AvroSerde<Window> serde =
      AvroSerde.of(Window.class, Set.of(OwnRecords.firstSchemaOf(Window.class)));

  private final ModelSpec spec;
  private final String signature;

  public WindowCodec(ModelSpec spec) {
    this.spec = spec;
    this.signature = spec.signature();
  }

  public byte[] encode(CutWindow window) {
    TrainingWindow steps = window.steps();
    float[] h = steps.initial().h();
    float[] c = steps.initial().c();
    Numbers numbers = WindowNumbers.shortest(h, c, steps.inputs(), steps.targets());
    return serde.encode(new Window(
        signature,
        window.firstStep(),
        WindowNumbers.bytes(numbers, h, c),
        WindowNumbers.bytes(numbers, steps.inputs()),
        WindowNumbers.bytes(numbers, steps.targets()),
        ByteBuffer.wrap(steps.mask()),
        boxed(window.times()),
        window.weightsVersion(),
        numbers));
  }

  /**
   * @throws UndecodableException when the bytes are no window
   * @throws UnknownSchemaException when they name a schema that is not known
   * @throws UnusableWindowException when it is a window, but not one to learn from
   */
  public CutWindow decode(byte[] bytes) {
    if (bytes == null) {
      throw new UnusableWindowException("value", "a window", null);
    }
    Window window = serde.decode(bytes);
    if (!window.getSignature().equals(signature)) {
      throw new UnusableWindowException("signature", signature, window.getSignature());
    }
    byte[] mask = bytes(window.getMask());
    if (mask.length < 1 || mask.length > MAX_STEPS) {
      throw new UnusableWindowException("steps", "1.." + MAX_STEPS, mask.length);
    }
    checkMask(mask);
    Numbers numbers = window.getNumbers();
    float[] state =
        WindowNumbers.read(numbers, "initialState", window.getInitialState(), 2 * spec.stateSize());
    float[] inputs =
        WindowNumbers.read(numbers, "inputs", window.getInputs(), mask.length * spec.rowWidth());
    float[] targets =
        WindowNumbers.read(numbers, "targets", window.getTargets(), mask.length * spec.targets());
    return new CutWindow(
        window.getFirstStep(),
        window.getWeightsVersion(),
        times(window.getTimes(), mask.length),
        learnable(new TrainingWindow(hidden(state), inputs, targets, mask)));
  }

  /** A category that there is not would stop whoever learns the window, and again after every restart. */
  private TrainingWindow learnable(TrainingWindow window) {
    try {
      window.requireFor(spec);
      return window;
    } catch (IllegalArgumentException e) {
      throw new UnusableWindowException(e);
    }
  }

  private static void checkMask(byte[] mask) {
    for (byte known : mask) {
      if (known != 0 && known != 1) {
        throw new UnusableWindowException("mask", "0 or 1", known);
      }
    }
  }

  private HiddenState hidden(float[] state) {
    HiddenState hidden = HiddenState.initial(spec);
    System.arraycopy(state, 0, hidden.h(), 0, spec.stateSize());
    System.arraycopy(state, spec.stateSize(), hidden.c(), 0, spec.stateSize());
    return hidden;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static long[] times(List<Long> times, int length) {
    if (times.size() != length) {
      throw new UnusableWindowException("times", length, times.size());
    }
    return times.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Long> boxed(long[] values) {
    return new AbstractList<>() {
      @Override
      public Long get(int index) {
        return values[index];
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }
}
