package io.millrace.serde;

import io.millrace.model.ModelSpec;
import java.nio.ByteBuffer;

/**
 * {@link StepPair} to its row and back, for one model with a lazy head. Little-endian, after a {@link RowFrame}.
 *
 * <pre>
 *   "M2", version 1
 *   offset    size  field
 *   8         8     number of the first step
 *   16        8     time of the first event, ms since 1970
 *   24        8     time of the second
 *   32        2R    row of the first event: its numeric columns, f16, then its ids, u16
 *   32 + 2R   2R    row of the second
 * </pre>
 *
 * R columns of a row. R=16: 96 bytes, 48 a step.
 */
public final class StepPairCodec {
  private static final RowFrame FRAME = new RowFrame("step pair", (short) 0x324D, (byte) 1);

  private final ModelSpec spec;
  private final int numbers;
  private final int size;

  public StepPairCodec(ModelSpec spec) {
    this.spec = spec;
    this.numbers = spec.numericColumns();
    this.size = RowFrame.SIZE + 3 * Long.BYTES + 2 * Short.BYTES * spec.rowWidth();
  }

  /** @param pair its rows' numbers are halves, and every id is there: only the row of no event has none */
  public byte[] encode(StepPair pair) {
    ByteBuffer out = FRAME
        .begin(size)
        .putLong(pair.number())
        .putLong(pair.firstTime())
        .putLong(pair.secondTime());
    put(out, pair.first());
    put(out, pair.second());
    return FRAME.seal(out);
  }

  private void put(ByteBuffer out, float[] row) {
    Halves.put(out, row, numbers);
    for (int n = numbers; n < row.length; n++) {
      out.putShort((short) (int) row[n]);
    }
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public StepPair decode(byte[] bytes) {
    ByteBuffer in = FRAME.open(bytes);
    FRAME.expect("length", size, bytes.length);
    return new StepPair(in.getLong(), in.getLong(), in.getLong(), row(in), row(in));
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
