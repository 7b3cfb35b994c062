package io.millrace.serde.safetensors;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Believes a file's header, or says which field of it cannot be. */
final class HeaderReader {
  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final String source;
  private final long dataLength;

  /**
   * @param source the file, for messages
   * @param dataLength bytes behind the header
   */
  HeaderReader(String source, long dataLength) {
    this.source = source;
    this.dataLength = dataLength;
  }

  Header read(byte[] json) {
    Map<String, Entry> entries = new HashMap<>();
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : object("header", parse(json)).properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata.putAll(metadata(field.getValue()));
      } else {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
    checkPlaces(entries);
    return new Header(entries, metadata);
  }

  private JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      String fault = e instanceof com.fasterxml.jackson.core.JsonProcessingException parsed
          ? parsed.getOriginalMessage()
          : e.getMessage();
      throw damaged("header", "a JSON object", fault);
    }
  }

  private Map<String, String> metadata(JsonNode node) {
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : object(METADATA, node).properties()) {
      String name = METADATA + "." + field.getKey();
      metadata.put(
          field.getKey(),
          require(name, field.getValue(), field.getValue().isTextual(), "text").textValue());
    }
    return metadata;
  }

  private Entry entry(String name, JsonNode node) {
    object(name, node);
    Dtype dtype = dtype(name, node.path("dtype"));
    List<Long> shape = longs(name + ".shape", node.path("shape"));
    List<Long> offsets = longs(name + ".data_offsets", node.path("data_offsets"));
    if (offsets.size() != 2) {
      throw damaged(name + ".data_offsets", "two numbers", node.path("data_offsets"));
    }
    Entry entry = new Entry(name, dtype, shape, offsets.get(0), offsets.get(1));
    checkLength(entry);
    return entry;
  }

  private Dtype dtype(String name, JsonNode node) {
    for (Dtype known : Dtype.values()) {
      if (node.isTextual() && node.textValue().equals(known.name())) {
        return known;
      }
    }
    throw new UnusableFileException(
        source, name + ".dtype", List.of(Dtype.values()), node, "Save its weights as float32.");
  }

  private List<Long> longs(String field, JsonNode node) {
    require(field, node, node.isArray(), "numbers from 0");
    List<Long> longs = new ArrayList<>();
    for (JsonNode one : node) {
      boolean fits = one.isIntegralNumber() && one.canConvertToLong() && one.longValue() >= 0;
      longs.add(require(field, one, fits, "numbers from 0").longValue());
    }
    return longs;
  }

  private void checkLength(Entry entry) {
    long expected;
    try {
      expected = entry.shape().stream().reduce((long) entry.dtype().bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw damaged(entry.name() + ".shape", "at most " + dataLength + " bytes", entry.shape());
    }
    long actual = entry.end() - entry.begin();
    if (actual != expected) {
      throw damaged(
          entry.name() + ".data_offsets",
          expected + " bytes for shape " + entry.shape(),
          actual + " bytes");
    }
  }

  /** One behind the other, without a gap, to the end of the file: what is nobody's, or two tensors', is a mistake. */
  private void checkPlaces(Map<String, Entry> entries) {
    List<Entry> inOrder = entries.values().stream()
        .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
        .toList();
    long end = 0;
    for (Entry entry : inOrder) {
      if (entry.begin() != end) {
        throw damaged(entry.name() + ".data_offsets", "from " + end, "from " + entry.begin());
      }
      end = entry.end();
    }
    if (end != dataLength) {
      throw damaged("length of the data", end, dataLength);
    }
  }

  private JsonNode object(String field, JsonNode node) {
    return require(field, node, node.isObject(), "a JSON object");
  }

  private JsonNode require(String field, JsonNode node, boolean holds, String expected) {
    if (!holds) {
      throw damaged(field, expected, node.isMissingNode() ? "nothing" : node);
    }
    return node;
  }

  private UnusableFileException damaged(String field, Object expected, Object actual) {
    return UnusableFileException.damaged(source, field, expected, actual);
  }
}
