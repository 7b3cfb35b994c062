package io.millrace.benchmarks.libtorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A reference file as it is written: after one comment, a line {@code name value value ...} for each array. */
final class ReferenceFile {
  private final StringBuilder text = new StringBuilder();

  ReferenceFile(String comment) {
    text.append("# ").append(comment).append('\n');
  }

  /** Shortest decimals that give the same floats back. */
  void put(String name, float... values) {
    line(
        name,
        IntStream.range(0, values.length)
            .mapToObj(n -> Float.toString(values[n]))
            .collect(Collectors.joining(" ")));
  }

  /** Shortest decimals that give the same doubles back. */
  void put(String name, double... values) {
    line(name, DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(" ")));
  }

  void put(String name, long value) {
    line(name, Long.toString(value));
  }

  void put(String name, String value) {
    line(name, value);
  }

  private void line(String name, String values) {
    text.append(name).append(' ').append(values).append('\n');
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
