package io.millrace.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.mapping.Reason;
import io.millrace.serde.safetensors.UnusableFileException;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.csv.CsvReader;
import io.millrace.topology.csv.RowEncoder;
import io.millrace.topology.score.RecordPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Files that anybody may have written, and the headers of dead letters. */
final class TextTargets {
  private static final CategoryInput INPUT = new CategoryInput(5, 0);
  private static final List<CategoryInput> FIELDS = List.of(INPUT);
  private static final ModelSpec SPEC = new ModelSpec(
      Cell.LSTM, new InputSpec(1, Set.of(), List.of(INPUT), false), 1, 2, Head.CATEGORY, 5);
  private static final String CSV = """
      key,time,a,b,colour,label,end,id
      k1,2026-01-05T10:41:09Z,1.5,-2,red,1,0,e-1
      k2,1767609669,1e3,,"gr""ün",,true,e-2
      """;

  private TextTargets() {}

  static List<FuzzTarget> all(Path scratch) throws IOException {
    return List.of(safetensors(scratch), csv(scratch), place(), reason());
  }

  private static FuzzTarget safetensors(Path scratch) throws IOException {
    Path file = scratch.resolve("weights.safetensors");
    CategoryIds ids = CategoryIds.initial(FIELDS)
        .with(0, Vocabulary.empty(INPUT.size()).with(List.of("red", "blue")));
    WeightsFile.write(
        file, SPEC, MergedWeights.initial(new float[new ParameterLayout(SPEC).size()]), ids);
    byte[] valid = Files.readAllBytes(file);
    FuzzTarget.Decoder decoder = bytes -> {
      Files.write(file, bytes);
      WeightsFile.read(file, SPEC, FIELDS, List.of("lstm."));
    };
    return FuzzTarget.of(
            "safetensors", List.of(valid), decoder, List.of(UnusableFileException.class))
        .resealedBy(TextTargets::withLengthOfHeader)
        .withTokens(jsonTokens())
        .costing(100);
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

  private static FuzzTarget csv(Path scratch) throws IOException {
    Path file = scratch.resolve("events.csv");
    Files.writeString(file, CSV);
    CsvFiles files = new CsvFiles(file);
    Columns columns = new Columns(
        "time",
        TimeUnit.SECONDS,
        List.of("a", "b"),
        List.of("colour"),
        Optional.of("label"),
        Optional.of("end"),
        Optional.of("key"),
        Optional.of("id"));
    RowEncoder encoder = new RowEncoder();
    FuzzTarget.Decoder decoder = bytes -> {
      Files.write(file, bytes);
      try (CsvReader reader = new CsvReader(files, file.getFileName().toString(), columns)) {
        reader.forEachRemaining(encoder::value);
      }
    };
    return FuzzTarget.of(
            "csv",
            List.of(CSV.getBytes(UTF_8)),
            decoder,
            List.of(IllegalArgumentException.class, IOException.class))
        .withTokens(csvTokens())
        .allocating(4_000)
        .costing(100);
  }

  /** The header that says where a dead letter came from. */
  private static FuzzTarget place() {
    return FuzzTarget.of(
            "dead-letter-place",
            List.of("my-events-3@1234".getBytes(UTF_8)),
            bytes -> RecordPlace.parse(new String(bytes, UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("no place")),
            List.of(IllegalArgumentException.class))
        .withTokens(texts("-", "@", "-1@", "9".repeat(40), "-".repeat(2_000), "-1@1".repeat(500)));
  }

  private static FuzzTarget reason() {
    return FuzzTarget.of(
        "dead-letter-reason",
        List.of(Reason.WRONG_TYPE.text().getBytes(UTF_8)),
        bytes -> Reason.of(new String(bytes, UTF_8))
            .orElseThrow(() -> new IllegalArgumentException("no reason")),
        List.of(IllegalArgumentException.class));
  }

  private static List<byte[]> jsonTokens() {
    return texts(
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
        "\\\"",
        "[\\\"red\\\",null]",
        ",",
        "\"",
        "[".repeat(5_000));
  }

  private static List<byte[]> csvTokens() {
    return texts(
        "\"",
        "\"\"",
        ",",
        "\n",
        "\r",
        "\r\n",
        "\u0000",
        "\uFEFF",
        "NaN",
        "1e999999999",
        "-1e-999999999",
        "0x1p3",
        "9".repeat(5_000),
        "+999999999-01-01T00:00:00Z",
        "2026-02-30",
        ",".repeat(2_000));
  }

  private static List<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
  }
}
