package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.benchmarks.common.ResultFile;
import io.millrace.benchmarks.common.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Samples as a table, as CSV and as a line of JSON. Ratios are a side's time over that of our {@code simd} kernel. */
final class Report {
  private static final String OURS = "simd";
  private static final String BF16 = "simdBf16";

  private final Suite suite;
  private final Samples samples;
  private final List<Line> lines;

  Report(Suite suite, Samples samples, List<String> sizes) {
    this.suite = suite;
    this.samples = samples;
    this.lines = samples.figures().stream()
        .sorted(Comparator.comparing(figure -> rank(figure, sizes)))
        .map(figure -> line(samples, figure))
        .toList();
  }

  private static int rank(Figure figure, List<String> sizes) {
    return (int)
        sizes.stream().takeWhile(size -> !figure.shape().startsWith(size)).count();
  }

  /**
   * What one side took at one size.
   *
   * @param ratio of medians
   * @param ratioOfFastest of the fastest iterations: steadier where others use the machine
   */
  private record Line(
      Figure figure, Spread nanos, double ratio, double ratioOfFastest, long bytes) {
    boolean isOurs() {
      return figure.side().equals(OURS);
    }
  }

  private static Line line(Samples samples, Figure figure) {
    Spread own = samples.nanos(figure);
    Spread ours = samples.nanos(new Figure(figure.shape(), OURS));
    return new Line(
        figure,
        own,
        own.median() / ours.median(),
        own.smallest() / ours.smallest(),
        Math.round(samples.bytes(figure)));
  }

  String table() {
    StringBuilder table = new StringBuilder(String.format(
        "%-26s %-16s %12s %12s %8s %8s %11s %11s%n",
        "size", "side", "median ns", "fastest ns", "spread", "ratio", "of fastest", "heap bytes"));
    for (Line line : lines) {
      table.append(String.format(
          Locale.ROOT,
          "%-26s %-16s %12.0f %12.0f %8.2f %8.2f %11.2f %11d%n",
          line.figure().shape(),
          line.figure().side(),
          line.nanos().median(),
          line.nanos().smallest(),
          line.nanos().relative(),
          line.ratio(),
          line.ratioOfFastest(),
          line.bytes()));
    }
    return table.toString();
  }

  /** @param jdk its feature release */
  ResultFile csv(int jdk) {
    ResultFile file = new ResultFile(
        "jdk",
        "size",
        "side",
        "nanos",
        "fastestNanos",
        "spread",
        "ratio",
        "ratioOfFastest",
        "heapBytes");
    for (Line line : lines) {
      file.add(
          jdk,
          line.figure().shape(),
          line.figure().side(),
          line.nanos().median(),
          line.nanos().smallest(),
          line.nanos().relative(),
          line.ratio(),
          line.ratioOfFastest(),
          line.bytes());
    }
    return file;
  }

  /**
   * @param jdk its feature release
   * @param machine in words
   */
  String json(int jdk, String machine) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("benchmark", suite.label());
    json.put("jdk", jdk);
    json.put("machine", machine);
    ObjectNode ratios = json.putObject("ratios");
    ObjectNode ratiosOfFastest = json.putObject("ratiosOfFastest");
    ObjectNode ratiosToBf16 = json.putObject("ratiosToBf16");
    ObjectNode nanos = json.putObject("nanos");
    ObjectNode fastest = json.putObject("fastestNanos");
    ObjectNode spread = json.putObject("spread");
    ObjectNode allocated = json.putObject("allocatedBytes");
    for (Line line : lines) {
      own(nanos, line).put(line.figure().side(), Math.round(line.nanos().median()));
      own(fastest, line).put(line.figure().side(), Math.round(line.nanos().smallest()));
      own(spread, line).put(line.figure().side(), rounded(line.nanos().relative()));
      own(allocated, line).put(line.figure().side(), line.bytes());
      if (!line.isOurs()) {
        own(ratios, line).put(line.figure().side(), rounded(line.ratio()));
        own(ratiosOfFastest, line).put(line.figure().side(), rounded(line.ratioOfFastest()));
      }
      Figure bf16 = new Figure(line.figure().shape(), BF16);
      if (samples.figures().contains(bf16)) {
        own(ratiosToBf16, line)
            .put(
                line.figure().side(),
                rounded(line.nanos().median() / samples.nanos(bf16).median()));
      }
    }
    json.put("allocatedBytesPer" + suite.unit(), firstOfOurs().bytes());
    return json.toString();
  }

  private static ObjectNode own(ObjectNode shapes, Line line) {
    return shapes.withObjectProperty(line.figure().shape());
  }

  private static double rounded(double ratio) {
    return Math.round(100 * ratio) / 100.0;
  }

  private Line firstOfOurs() {
    return lines.stream().filter(Line::isOurs).findFirst().orElseThrow();
  }
}
