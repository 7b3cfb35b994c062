package io.millrace.serde.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named tensors with a few words about them, in the format of Hugging Face's safetensors.
 *
 * <pre>
 *   0      length N of the header [8], little-endian
 *   8      header [N]: a JSON object, {name: {dtype, shape, data_offsets}}, and __metadata__: {name: text};
 *          spaces behind it, so that the data is aligned to 8 bytes
 *   8 + N  data: each tensor row-major, little-endian, one behind the other; offsets count from here
 * </pre>
 *
 * Everything but the values is checked when a file is parsed.
 */
final class Safetensors {
  private static final int HEADER_AT = 8;

  /** The format's own limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int ALIGNMENT = 8;

  private final String source;
  private final Header header;
  private final ByteBuffer data;

  private Safetensors(String source, Header header, ByteBuffer data) {
    this.source = source;
    this.header = header;
    this.data = data;
  }

  /**
   * @param source the file, for messages
   * @throws UnusableFileException naming the first field that cannot be believed
   */
  static Safetensors parse(byte[] file, String source) {
    if (file.length < HEADER_AT) {
      throw UnusableFileException.damaged(source, "length", "at least " + HEADER_AT, file.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.getLong(0);
    long longest = Math.min(LONGEST_HEADER, file.length - HEADER_AT);
    if (length < 0 || length > longest) {
      throw UnusableFileException.damaged(
          source, "length of the header", "0 to " + longest, Long.toUnsignedString(length));
    }
    int dataAt = HEADER_AT + (int) length;
    Header header = new HeaderReader(source, file.length - dataAt)
        .read(Arrays.copyOfRange(file, HEADER_AT, dataAt));
    ByteBuffer data = bytes.slice(dataAt, file.length - dataAt).order(ByteOrder.LITTLE_ENDIAN);
    return new Safetensors(source, header, data);
  }

  Set<String> names() {
    return header.entries().keySet();
  }

  Map<String, String> metadata() {
    return header.metadata();
  }

  List<Long> shape(String name) {
    return header.entries().get(name).shape();
  }

  /**
   * The values of a tensor, row-major.
   *
   * @throws UnusableFileException when one is not finite as a float
   */
  float[] floats(String name) {
    Entry entry = header.entries().get(name);
    int bytes = entry.dtype().bytes();
    float[] values = new float[(int) (entry.end() - entry.begin()) / bytes];
    for (int n = 0; n < values.length; n++) {
      values[n] = entry.dtype().at(data, (int) entry.begin() + n * bytes);
      if (!Float.isFinite(values[n])) {
        throw new UnusableFileException(
            source,
            name + " at " + n,
            "a finite float",
            values[n],
            "Nothing can be learned from it or scored by it.");
      }
    }
    return values;
  }

  /**
   * A file of float32 tensors.
   *
   * @param tensors in this order
   */
  static byte[] write(Map<String, String> metadata, Map<String, Values> tensors) {
    byte[] json = header(metadata, tensors);
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    int values =
        tensors.values().stream().mapToInt(one -> one.values().length).reduce(0, Math::addExact);
    ByteBuffer file = ByteBuffer.allocate(
            Math.addExact(HEADER_AT + length, Math.multiplyExact(Float.BYTES, values)))
        .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(length).put(json);
    while (file.position() < HEADER_AT + length) {
      file.put((byte) ' ');
    }
    for (Values one : tensors.values()) {
      for (float value : one.values()) {
        file.putFloat(value);
      }
    }
    return file.array();
  }

  private static byte[] header(Map<String, String> metadata, Map<String, Values> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(HeaderReader.METADATA, metadata);
    long at = 0;
    for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
      long end = at + (long) Float.BYTES * tensor.getValue().values().length;
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", Dtype.F32.name());
      entry.put("shape", tensor.getValue().shape());
      entry.put("data_offsets", List.of(at, end));
      header.put(tensor.getKey(), entry);
      at = end;
    }
    try {
      return new JsonMapper().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of text and numbers are JSON", e);
    }
  }

  /** A tensor to be written. */
  record Values(List<Long> shape, float[] values) {}
}
