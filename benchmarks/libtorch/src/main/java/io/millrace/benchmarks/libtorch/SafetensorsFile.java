package io.millrace.benchmarks.libtorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes libtorch's tensors as their bytes stand in memory. It shares nothing with the product's own reader, which is held against
 * it: length of the header [8], header, data.
 */
final class SafetensorsFile {
  private SafetensorsFile() {}

  static void write(Path file, String dtype, Map<String, Tensor> tensors) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    StringJoiner header = new StringJoiner(",", "{", "}");
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      int begin = data.size();
      data.write(bytes(tensor.getValue()));
      header.add(String.format(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
          tensor.getKey(),
          dtype,
          Arrays.toString(shape(tensor.getValue())).replace(" ", ""),
          begin,
          data.size()));
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .array());
    whole.write(json);
    data.writeTo(whole);
    Files.createDirectories(file.getParent());
    Files.write(file, whole.toByteArray());
  }

  private static long[] shape(Tensor tensor) {
    long[] shape = new long[(int) tensor.dim()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = tensor.size(axis);
    }
    return shape;
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[(int) tensor.nbytes()];
    new BytePointer(tensor.detach().contiguous().data_ptr())
        .capacity(bytes.length)
        .get(bytes);
    return bytes;
  }
}
