package io.millrace.serde;

import io.millrace.model.learn.SkippedWindows;
import java.nio.ByteBuffer;

/**
 * {@link SkippedWindows} to the bytes of its row and back. Little-endian, after the frame that {@link RowFrame} draws:
 *
 * <pre>
 *   offset  size  field
 *   8       8     windows
 *   16      8     steps
 * </pre>
 */
public final class SkippedWindowsCodec {
  private static final int SIZE = RowFrame.SIZE + 2 * Long.BYTES;
  private static final RowFrame FRAME = new RowFrame("skipped windows", (short) 0x504D, (byte) 1);

  private SkippedWindowsCodec() {}

  public static byte[] encode(SkippedWindows skipped) {
    return FRAME.seal(FRAME.begin(SIZE).putLong(skipped.windows()).putLong(skipped.steps()));
  }

  /** @throws CorruptRowException naming the first field that cannot be believed */
  public static SkippedWindows decode(byte[] bytes) {
    ByteBuffer body = FRAME.open(bytes);
    FRAME.expect("length", SIZE, bytes.length);
    return new SkippedWindows(body.getLong(), body.getLong());
  }
}
