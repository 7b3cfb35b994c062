package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.serde.StepGroup.Event;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link StepGroup} to its row and back, for one model with a lazy head. Little-endian, after a {@link RowFrame}.
 *
 * <pre>
 *   "MG", version 1
 *   offset  size      field
 *   8       8         number of the first step
 *   16      8 + 2R    first event: its time, ms since 1970; its row: numeric columns, f16, then ids, u16
 *   then    8 + 2R    the same of each event that follows
 * </pre>
 *
 * R columns of a row. R=16, 4 steps: 176 bytes, 44 a step. Until a group is full, the bytes of its events are kept in their key's state.
 */
public final class StepGroupCodec {
  private static final RowFrame FRAME = new RowFrame("step group", (short) 0x474D, (byte) 1);
  private static final int EVENTS_AT = RowFrame.SIZE + Long.BYTES;

  private final ModelSpec spec;
  private final int numbers;
  private final int eventSize;
  private final int size;

  /** @param steps of a group */
  public StepGroupCodec(ModelSpec spec, int steps) {
    this.spec = spec;
    this.numbers = spec.numericColumns();
    this.eventSize = Long.BYTES + Short.BYTES * spec.rowWidth();
    this.size = EVENTS_AT + steps * eventSize;
  }

  /**
   * One more event behind those that are kept.
   *
   * @param event its row's numbers are halves, and every id is there: only the row of no event has none
   */
  public byte[] keep(byte[] kept, Event event) {
    byte[] bytes = Arrays.copyOf(kept, kept.length + eventSize);
    put(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(kept.length), event);
    return bytes;
  }

  /** How many events are kept in so many bytes; -1 where there is a part of one. */
  public int count(byte[] kept) {
    return kept.length % eventSize == 0 ? kept.length / eventSize : -1;
  }

  /**
   * A row of a group that is full.
   *
   * @param number of its first step
   * @param kept its events but the two newest
   */
  public byte[] encode(long number, byte[] kept, Event last, Event newest) {
    ByteBuffer out = FRAME.begin(size).putLong(number).put(kept);
    put(out, last);
    put(out, newest);
    return FRAME.seal(out);
  }

  private void put(ByteBuffer out, Event event) {
    float[] row = event.row();
    out.putLong(event.time());
    Halves.put(out, row, numbers);
    for (int n = numbers; n < row.length; n++) {
      out.putShort((short) (int) row[n]);
    }
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public StepGroup decode(byte[] bytes) {
    ByteBuffer in = FRAME.open(bytes);
    FRAME.expect("length", size, bytes.length);
    return new StepGroup(in.getLong(), events(in));
  }

  /**
   * The events that are kept.
   *
   * @throws CorruptRowException naming the first field that cannot be believed
   */
  public List<Event> kept(byte[] kept) {
    FRAME.expect("kept bytes", kept.length - kept.length % eventSize, kept.length);
    return events(ByteBuffer.wrap(kept).order(ByteOrder.LITTLE_ENDIAN));
  }

  private List<Event> events(ByteBuffer in) {
    List<Event> events = new ArrayList<>(in.remaining() / eventSize);
    while (in.hasRemaining()) {
      events.add(new Event(in.getLong(), row(in)));
    }
    return events;
  }

  private float[] row(ByteBuffer in) {
    float[] row = new float[spec.rowWidth()];
    Halves.get(in, row, numbers);
    if (!Halves.areFinite(row, numbers)) {
      throw new CorruptRowException(FRAME.kind(), "values", "finite", "NaN or infinite");
    }
    for (int n = numbers; n < row.length; n++) {
      row[n] = id(Short.toUnsignedInt(in.getShort()), spec.slotSize(n - numbers));
    }
    return row;
  }

  private static int id(int id, int size) {
    if (id >= size) {
      throw new CorruptRowException(FRAME.kind(), "category", "0 to " + (size - 1), id);
    }
    return id;
  }
}
