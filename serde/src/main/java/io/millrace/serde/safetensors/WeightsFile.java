package io.millrace.serde.safetensors;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.ParameterParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A model's weights as a safetensors file with PyTorch's names, {@code weight_ih_l0} and so on, to be read by {@code
 * load_state_dict} there and from any network of the same shape here.
 *
 * @param parameters of the model
 * @param ids that the texts of its categories have
 * @param metadata what the writer said of them; ours says {@code signature}, {@code version}, {@code stepsLearned}, {@code loss}, and
 *     the ids
 */
public record WeightsFile(Parameters parameters, CategoryIds ids, Map<String, String> metadata) {
  private static final String SIGNATURE = "signature";

  /** Larger files could not be held as one array. */
  private static final long LONGEST_FILE = Integer.MAX_VALUE - 8L;

  /** Of a model without categories. */
  public static WeightsFile read(Path file, ModelSpec spec, List<String> prefixes) {
    return read(file, spec, List.of(), prefixes);
  }

  /**
   * @param fields the model's categorical fields
   * @param prefixes that tensors may have before their names, as in {@code lstm.weight_ih_l0}; the first that is there counts, and a
   *     name may also stand bare
   * @throws UnusableFileException naming the first field that cannot be believed or does not fit the model
   */
  public static WeightsFile read(
      Path file, ModelSpec spec, List<CategoryInput> fields, List<String> prefixes) {
    String source = file.toString();
    if (!Files.isRegularFile(file)) {
      throw new UnusableFileException(source, "file", "a file", "none", "Name one that is there.");
    }
    try {
      long length = Files.size(file);
      if (length > LONGEST_FILE) {
        throw new UnusableFileException(
            source, "length", "at most " + LONGEST_FILE, length, "Save its weights as float32.");
      }
      return decode(Files.readAllBytes(file), source, spec, fields, prefixes);
    } catch (IOException e) {
      throw new UnusableFileException(
          source, "file", "readable", e.toString(), "Name one that can be read.");
    }
  }

  static WeightsFile decode(
      byte[] bytes,
      String source,
      ModelSpec spec,
      List<CategoryInput> fields,
      List<String> prefixes) {
    Safetensors file = Safetensors.parse(bytes, source);
    String signature = file.metadata().getOrDefault(SIGNATURE, spec.signature());
    if (!signature.equals(spec.signature())) {
      throw new UnusableFileException(
          source, SIGNATURE, spec.signature(), signature, "Fix the model's settings.");
    }
    Parameters parameters =
        new FileReading(file, source, new ParameterLayout(spec), prefixes).parameters();
    CategoryIds ids = new CategoryMetadata(file.metadata(), source).ids(fields);
    return new WeightsFile(parameters, ids, Map.copyOf(file.metadata()));
  }

  /** The parameters of a file, tensor by tensor. */
  private record FileReading(
      Safetensors file, String source, ParameterLayout layout, List<String> prefixes) {

    Parameters parameters() {
      Map<Tensor, String> names = new LinkedHashMap<>();
      Set<String> missing = new TreeSet<>();
      for (Tensor tensor : layout.tensors()) {
        Optional<String> name = nameOf(tensor);
        name.ifPresent(found -> names.put(tensor, found));
        if (name.isEmpty() && !layout.isHeadSkip(tensor)) {
          missing.add(tensor.name());
        }
      }
      checkNames(missing, names);
      float[] values = new float[layout.size()];
      names.forEach((tensor, name) -> copy(tensor, name, values));
      return new Parameters(layout, values);
    }

    private Optional<String> nameOf(Tensor tensor) {
      return Stream.concat(prefixes.stream(), Stream.of(""))
          .map(prefix -> prefix + tensor.name())
          .filter(file.names()::contains)
          .findFirst();
    }

    private void checkNames(Set<String> missing, Map<Tensor, String> names) {
      Set<String> foreign = new TreeSet<>(file.names());
      foreign.removeAll(names.values());
      if (!missing.isEmpty() || !foreign.isEmpty()) {
        throw new UnusableFileException(
            source,
            "tensors",
            "those of " + layout.spec().signature(),
            "missing " + missing + ", foreign " + foreign,
            "Fix the model's settings, or name the prefix of the file's names.");
      }
    }

    private void copy(Tensor tensor, String name, float[] values) {
      if (!file.shape(name).equals(tensor.shape())) {
        throw new UnusableFileException(
            source, name + ".shape", tensor.shape(), file.shape(name), "Fix the model's settings.");
      }
      System.arraycopy(file.floats(name), 0, values, tensor.offset(), tensor.size());
    }
  }

  /** CRC-32C over the parameters, the same as that of the weights topic. */
  public long checksum() {
    return ParameterParts.of(parameters.toArray()).checksum();
  }

  /** Of a model without categories. */
  public static void write(Path file, ModelSpec spec, MergedWeights weights) throws IOException {
    write(file, spec, weights, CategoryIds.initial(List.of()));
  }

  /** Writes one version. The file gets its name when it is whole; one that is there is replaced. */
  public static void write(Path file, ModelSpec spec, MergedWeights weights, CategoryIds ids)
      throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(unfinished, encode(spec, weights, ids));
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  static byte[] encode(ModelSpec spec, MergedWeights weights, CategoryIds ids) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt"); // without it, some readers refuse the file
    metadata.put(SIGNATURE, spec.signature());
    metadata.put("version", String.valueOf(weights.version()));
    metadata.put("stepsLearned", String.valueOf(weights.stepsLearned()));
    metadata.put("loss", String.valueOf(weights.loss()));
    metadata.putAll(CategoryMetadata.of(ids));
    Map<String, Safetensors.Values> tensors = new LinkedHashMap<>();
    for (Tensor tensor : new ParameterLayout(spec).tensors()) {
      float[] values = Arrays.copyOfRange(weights.values(), tensor.offset(), tensor.end());
      tensors.put(tensor.name(), new Safetensors.Values(tensor.shape(), values));
    }
    return Safetensors.write(metadata, tensors);
  }
}
