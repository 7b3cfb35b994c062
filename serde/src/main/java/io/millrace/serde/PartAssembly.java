package io.millrace.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of one version of the weights, or of one update, as they come in: in any order, and again. What they make is believed
 * once all are there, the checksum holds and every value is finite.
 */
public final class PartAssembly {
  private final int size;
  private final byte[][] parts;

  /** @param size how many parameters the model has */
  public PartAssembly(int size) {
    this.size = size;
    this.parts = new byte[Parts.count(length())][];
  }

  private long length() {
    return (long) Float.BYTES * size;
  }

  /**
   * @param part number of the part, from 0
   * @param count how many parts its sender made
   * @throws CorruptLearnerException naming the field that cannot be a part of such parameters
   */
  public void add(int part, int count, byte[] bytes) {
    expect("parts", parts.length, count);
    if (part < 0 || part >= parts.length) {
      throw rejected("part", "0 to " + (parts.length - 1), part);
    }
    expect("length of part " + part, lengthOf(part), bytes.length);
    parts[part] = bytes;
  }

  private long lengthOf(int part) {
    return Math.min(Parts.LONGEST, length() - (long) part * Parts.LONGEST);
  }

  public boolean isComplete() {
    return Arrays.stream(parts).allMatch(part -> part != null);
  }

  /**
   * @param checksum that came with the parts
   * @return [size] the parameters
   * @throws CorruptLearnerException naming the field that cannot be believed
   */
  public float[] join(long checksum) {
    float[] values = joinUnchecked(checksum);
    checkFinite(values);
    return values;
  }

  /**
   * The same, whether or not every value is finite: for what is judged elsewhere.
   *
   * @throws CorruptLearnerException naming the field that cannot be believed
   */
  public float[] joinUnchecked(long checksum) {
    for (int part = 0; part < parts.length; part++) {
      if (parts[part] == null) {
        throw rejected("part " + part, "present", "missing");
      }
    }
    List<byte[]> all = List.of(parts);
    expect("checksum", checksum, ParameterParts.checksum(all));
    float[] values = new float[size];
    ByteBuffer.wrap(Parts.join(all))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private static void checkFinite(float[] values) {
    for (int n = 0; n < values.length; n++) {
      if (!Float.isFinite(values[n])) {
        throw rejected("parameter " + n, "finite", values[n]);
      }
    }
  }

  private static void expect(String field, long expected, long actual) {
    if (expected != actual) {
      throw rejected(field, expected, actual);
    }
  }

  private static CorruptLearnerException rejected(String field, Object expected, Object actual) {
    return new CorruptLearnerException("parameters", field, expected, actual);
  }
}
