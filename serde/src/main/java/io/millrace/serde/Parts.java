package io.millrace.serde;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Long byte arrays as pieces that fit into one record each: all of {@link #LONGEST} bytes but the last. */
final class Parts {
  /** Half of the broker's default record limit. */
  static final int LONGEST = 512 * 1024;

  private Parts() {}

  static int count(long length) {
    return (int) Math.max(1, (length + LONGEST - 1) / LONGEST);
  }

  /** At least one part; what fits into one is that itself. */
  static List<byte[]> split(byte[] bytes) {
    if (bytes.length <= LONGEST) {
      return List.of(bytes);
    }
    List<byte[]> parts = new ArrayList<>();
    for (int part = 0; part < count(bytes.length); part++) {
      int from = part * LONGEST;
      parts.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + LONGEST)));
    }
    return parts;
  }

  static byte[] join(List<byte[]> parts) {
    int length = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    byte[] bytes = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, bytes, at, part.length);
      at += part.length;
    }
    return bytes;
  }
}
