package io.millrace.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Parameters, or a change of them, as the parts that travel through a topic: float32, little-endian, in the order of the layout,
 * cut every 512 KiB. A sender makes one of an array; a receiver gathers a {@link PartAssembly}.
 *
 * @param parts at least one
 * @param checksum CRC-32C over all parts, from 0 to 4294967295
 */
public record ParameterParts(List<byte[]> parts, long checksum) {

  public static ParameterParts of(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, values.length)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    List<byte[]> parts = Parts.split(bytes);
    return new ParameterParts(parts, checksum(parts));
  }

  static long checksum(List<byte[]> parts) {
    CRC32C crc = new CRC32C();
    parts.forEach(crc::update);
    return crc.getValue();
  }
}
