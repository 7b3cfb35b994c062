package io.millrace.benchmarks.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of Markdown with parts that are generated: what stands between {@code <!-- NAME -->} and {@code <!-- end -->}. */
final class Page {
  private static final String END = "<!-- end -->";

  private final Path file;
  private String text;

  Page(Path file) throws IOException {
    this.file = file;
    this.text = Files.readString(file);
  }

  /** @throws IllegalStateException when the page has no place for it */
  void put(String name, String part) {
    String begin = "<!-- " + name + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(END, from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException("page rejected: file=" + file + ", expected=" + begin
          + " and " + END + ". Put both where the figures belong.");
    }
    text = text.substring(0, from + begin.length()) + "\n" + part + text.substring(to);
  }

  void write() throws IOException {
    Files.writeString(file, text);
  }
}
