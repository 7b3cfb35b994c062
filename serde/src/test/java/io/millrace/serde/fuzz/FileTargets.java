package io.millrace.serde.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.safetensors.UnusableFileException;
import io.millrace.serde.safetensors.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Weights in files that anybody may have written. */
final class FileTargets {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);

  private FileTargets() {}

  static List<FuzzTarget> all() throws IOException {
    Path file = Files.createTempFile("millrace-fuzz", ".safetensors");
    file.toFile().deleteOnExit();
    WeightsFile.write(
        file, SPEC, MergedWeights.initial(new float[new ParameterLayout(SPEC).size()]));
    byte[] valid = Files.readAllBytes(file);
    FuzzTarget.Decoder decoder = bytes -> {
      Files.write(file, bytes);
      WeightsFile.read(file, SPEC, List.of());
    };
    return List.of(
        FuzzTarget.of("safetensors", List.of(valid), decoder, UnusableFileException.class)
            .resealedBy(FileTargets::withLengthOfHeader)
            .withTokens(tokens()));
  }

  /** Up to the last brace: what is inserted into the header stays in it. */
  private static byte[] withLengthOfHeader(byte[] file) {
    for (int at = file.length - 1; at >= Long.BYTES; at--) {
      if (file[at] == '}') {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, at + 1 - Long.BYTES);
        return file;
      }
    }
    return file;
  }

  private static List<byte[]> tokens() {
    return Stream.of(
            "-1",
            "9223372036854775807",
            "1e9",
            "[]",
            "{}",
            "null",
            "[0,0]",
            "\"F64\"",
            "\"I8\"",
            "\"shape\":[4294967296,4294967296],",
            "\"shape\":[0],",
            ",",
            "\"",
            "[".repeat(5_000))
        .map(token -> token.getBytes(UTF_8))
        .toList();
  }
}
