package io.millrace.topology.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The CSV files at or below a path, in the order of their relative names. */
public final class CsvFiles {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path root;
  private final List<String> names;

  /** @throws IllegalArgumentException when there are none */
  public CsvFiles(Path path) throws IOException {
    boolean single = Files.isRegularFile(path);
    this.root = single ? path.toAbsolutePath().getParent() : path;
    this.names = single ? List.of(path.getFileName().toString()) : below(path);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("input rejected: path=" + path
          + ", files=0. Name a .csv or .csv.gz file, or a directory that holds some.");
    }
  }

  private static List<String> below(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      throw new IllegalArgumentException("input rejected: path=" + dir + ", exists=false.");
    }
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> dir.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".csv") || name.endsWith(".csv.gz"))
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    }
  }

  /** Relative to the root, parted by slashes. */
  public List<String> names() {
    return names;
  }

  public Path root() {
    return root;
  }

  /** The text of one file, without a byte order mark. */
  BufferedReader open(String name) throws IOException {
    InputStream file = Files.newInputStream(root.resolve(name));
    InputStream bytes = name.endsWith(".gz") ? new GZIPInputStream(file, 1 << 16) : file;
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
