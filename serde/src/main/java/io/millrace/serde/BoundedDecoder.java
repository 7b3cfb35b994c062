package io.millrace.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding out of an array, where a length is believed only as far as there are bytes for it, before anything is
 * allocated or gone through. Avro's own decoder allocates what a text says of its length, and skips as many items as a block has.
 *
 * <p>All blocks of a record together may have no more items than the record has bytes: an item takes one at least, unless it is of a
 * type without any bytes, of which a longer run is refused too.
 */
final class BoundedDecoder extends Decoder {
  private static final int LONGEST_VARINT = 10;

  private final ByteBuffer in;
  private final byte[] bytes;
  private long itemsLeft;

  /** @param from where the record begins; it goes on to the end */
  BoundedDecoder(byte[] bytes, int from) {
    this.bytes = bytes;
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from);
    this.itemsLeft = in.remaining();
  }

  @Override
  public int remainingBytes() {
    return in.remaining();
  }

  private void require(long length) throws EOFException {
    if (length < 0 || length > in.remaining()) {
      throw new EOFException("length=" + length + ", bytes left=" + in.remaining());
    }
  }

  /** The place of so many bytes, which are behind it from now on. */
  private int taken(long length) throws EOFException {
    require(length);
    int at = in.position();
    in.position(at + (int) length);
    return at;
  }

  @Override
  public void readNull() {
    // takes no bytes
  }

  @Override
  public boolean readBoolean() throws IOException {
    return bytes[taken(1)] == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("int=" + value);
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long zigzag = 0;
    for (int n = 0; n < LONGEST_VARINT; n++) {
      byte next = bytes[taken(1)];
      zigzag |= (long) (next & 0x7F) << 7 * n;
      if (next >= 0) {
        return zigzag >>> 1 ^ -(zigzag & 1);
      }
    }
    throw new IOException("a number of more than " + LONGEST_VARINT + " bytes");
  }

  @Override
  public float readFloat() throws IOException {
    require(Float.BYTES);
    return in.getFloat();
  }

  @Override
  public double readDouble() throws IOException {
    require(Double.BYTES);
    return in.getDouble();
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    int length = length();
    Utf8 text = old == null ? new Utf8() : old;
    text.setByteLength(length);
    System.arraycopy(bytes, taken(length), text.getBytes(), 0, length);
    return text;
  }

  @Override
  public String readString() throws IOException {
    int length = length();
    return new String(bytes, taken(length), length, StandardCharsets.UTF_8);
  }

  @Override
  public void skipString() throws IOException {
    skipBytes();
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    int length = length();
    ByteBuffer target =
        old == null || old.capacity() < length ? ByteBuffer.allocate(length) : old.clear();
    return target.put(bytes, taken(length), length).flip();
  }

  @Override
  public void skipBytes() throws IOException {
    taken(length());
  }

  private int length() throws IOException {
    long length = readLong();
    require(length);
    return (int) length;
  }

  @Override
  public void readFixed(byte[] target, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, target.length);
    System.arraycopy(bytes, taken(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    taken(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    return readBlock();
  }

  @Override
  public long arrayNext() throws IOException {
    return readBlock();
  }

  @Override
  public long readMapStart() throws IOException {
    return readBlock();
  }

  @Override
  public long mapNext() throws IOException {
    return readBlock();
  }

  /** A negative count is followed by the block's length in bytes, for those who skip it. */
  private long readBlock() throws IOException {
    long count = readLong();
    if (count < 0) {
      readLong();
    }
    return admitted(count < 0 ? -count : count);
  }

  private long admitted(long items) throws IOException {
    if (items < 0 || items > itemsLeft) {
      throw new IOException("items=" + items + ", at most=" + itemsLeft);
    }
    itemsLeft -= items;
    return items;
  }

  @Override
  public long skipArray() throws IOException {
    return skipBlocks();
  }

  @Override
  public long skipMap() throws IOException {
    return skipBlocks();
  }

  /** @return items of the next block that does not tell its length, for the caller to skip; 0 after the last */
  private long skipBlocks() throws IOException {
    for (long count = readLong(); ; count = readLong()) {
      if (count >= 0) {
        return admitted(count);
      }
      taken(readLong());
    }
  }
}
