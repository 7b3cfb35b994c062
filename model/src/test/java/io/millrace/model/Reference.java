package io.millrace.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A file of what libtorch says of our parameters, computed in float64 on one thread: for outputs in {@code reference/forward}, for
 * losses and gradients in {@code reference/gradient}. {@code ./benchmarks/run reference} writes them.
 *
 * <p>Each line is an array: its name, then its values in decimal, all parted by one space; a line that begins with {@code #} is a
 * comment. A file that names no {@code head} is of the forecast's. The parameters are those of {@link Parameters#initial} for {@code seed}, but for {@code head.bias} and {@code head.skip},
 * which are given; {@code parameters.crc32} is CRC-32 over all of them as big-endian floats.
 */
public final class Reference {
  private final String name;
  private final Map<String, String[]> arrays = new HashMap<>();
  private final Parameters parameters;

  private Reference(Path file) throws IOException {
    this.name = file.getFileName().toString();
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ");
        arrays.put(words[0], Arrays.copyOfRange(words, 1, words.length));
      }
    }
    this.parameters = readParameters();
  }

  /** @param kind {@code forward} or {@code gradient} */
  static Stream<Reference> all(String kind) {
    try (Stream<Path> files =
        Files.list(Path.of(Reference.class.getResource("/reference/" + kind).toURI()))) {
      List<Path> sorted = files.sorted().toList();
      return sorted.stream().map(Reference::read);
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("references not read: kind=" + kind, e);
    }
  }

  private static Reference read(Path file) {
    try {
      return new Reference(file);
    } catch (IOException e) {
      throw new IllegalStateException("reference not read: file=" + file, e);
    }
  }

  private Parameters readParameters() {
    ModelSpec spec = readSpec();
    ParameterLayout layout = new ParameterLayout(spec);
    float[] values = Parameters.initial(spec, number("seed")).toArray();
    System.arraycopy(floats("head.bias"), 0, values, layout.headBias().offset(), spec.outputs());
    if (spec.head() == Head.FORECAST) {
      System.arraycopy(floats("head.skip"), 0, values, layout.headSkip().offset(), spec.features());
    }
    check(values);
    return new Parameters(layout, values);
  }

  private ModelSpec readSpec() {
    boolean forecast = !arrays.containsKey("head");
    return Models.numeric(
        number("features"),
        number("layers"),
        number("hidden"),
        forecast ? Head.FORECAST : Head.valueOf(array("head")[0]),
        forecast ? 0 : number("classes"));
  }

  private void check(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    long expected = Long.parseLong(array("parameters.crc32")[0]);
    if (crc.getValue() != expected) {
      throw new IllegalStateException("reference rejected: field=parameters.crc32, expected="
          + expected + ", actual=" + crc.getValue() + ", file=" + name
          + ". Version 0 of the weights has changed, which it must not.");
    }
  }

  public Parameters parameters() {
    return parameters;
  }

  public ModelSpec spec() {
    return parameters.spec();
  }

  int number(String array) {
    return Integer.parseInt(array(array)[0]);
  }

  float[] floats(String array) {
    String[] words = array(array);
    float[] values = new float[words.length];
    for (int n = 0; n < values.length; n++) {
      values[n] = Float.parseFloat(words[n]);
    }
    return values;
  }

  double[] doubles(String array) {
    return Stream.of(array(array)).mapToDouble(Double::parseDouble).toArray();
  }

  private String[] array(String array) {
    String[] words = arrays.get(array);
    if (words == null) {
      throw new IllegalArgumentException(
          "reference rejected: file=" + name + ", missing=" + array + ".");
    }
    return words;
  }

  @Override
  public String toString() {
    return name;
  }
}
