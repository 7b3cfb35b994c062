package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryReaderTest {
  /** Of every type that there is. */
  private static final Schema ALL = schema("""
      {"type": "record", "name": "All", "fields": [
        {"name": "truth", "type": "boolean"}, {"name": "i", "type": "int"}, {"name": "l", "type": "long"},
        {"name": "f", "type": "float"}, {"name": "d", "type": "double"}, {"name": "text", "type": "string"},
        {"name": "raw", "type": "bytes"}, {"name": "two", "type": {"type": "fixed", "name": "Two", "size": 2}},
        {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}},
        {"name": "list", "type": {"type": "array", "items": "long"}},
        {"name": "map", "type": {"type": "map", "values": "int"}}, {"name": "maybe", "type": ["null", "long"]}]}
      """);

  private static final String VALUE = """
      {"truth": true, "i": -2147483648, "l": -9223372036854775808, "f": -1.5, "d": 2.25, "text": "gr\u00fcn", "raw": "abc",
       "two": "xy", "colour": "BLUE", "list": [1, -64, 9223372036854775807], "map": {"a": 1}, "maybe": {"long": 7}}
      """;

  private static final Schema LAST = schema("""
      {"type": "record", "name": "All", "fields": [{"name": "maybe", "type": ["null", "long"]}]}
      """);

  private static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }

  private static BinaryReader<IndexedRecord> reader(Schema writer, Schema reader) {
    return new BinaryReader<>(writer, reader, new GenericData().setFastReaderEnabled(true));
  }

  private static IndexedRecord value() throws IOException {
    return new GenericDatumReader<IndexedRecord>(ALL)
        .read(null, DecoderFactory.get().jsonDecoder(ALL, VALUE));
  }

  /** @param blockSize 0: blocks do not tell their length */
  private static byte[] written(int blockSize) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var encoder = blockSize == 0
        ? EncoderFactory.get().binaryEncoder(out, null)
        : new EncoderFactory().configureBlockSize(blockSize).blockingBinaryEncoder(out, null);
    new GenericDatumWriter<>(ALL).write(value(), encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64})
  void whatAvroWritesIsReadWholeOrInPart(int blockSize) throws IOException {
    byte[] bytes = written(blockSize);

    assertThat(reader(ALL, ALL).read(null, bytes, 0)).isEqualTo(value());
    assertThat(reader(ALL, LAST).read(null, bytes, 0).get(0)).isEqualTo(7L);
  }

  @Test
  void aRecordIsReadFromWhereItBegins() throws IOException {
    byte[] bytes = written(0);
    byte[] behind = new byte[bytes.length + 3];
    System.arraycopy(bytes, 0, behind, 3, bytes.length);

    assertThat(reader(ALL, ALL).read(null, behind, 3)).isEqualTo(value());
  }

  @Test
  void aCutRecordAndOneWithBytesLeftOverAreRefused() throws IOException {
    byte[] bytes = written(0);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> reader(ALL, ALL).read(null, cut, 0)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> reader(ALL, LAST).read(null, cut, 0))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> reader(ALL, ALL).read(null, Arrays.copyOf(bytes, bytes.length + 1), 0))
        .hasMessage("bytes left over=1");
  }

  private static void assertRefused(String items, String hex, String message) {
    Schema writer = schema(
        "{\"type\": \"record\", \"name\": \"One\", \"fields\": [{\"name\": \"one\", \"type\": "
            + items + "}, {\"name\": \"end\", \"type\": \"int\"}]}");
    Schema end = schema(
        "{\"type\": \"record\", \"name\": \"One\", \"fields\": [{\"name\": \"end\", \"type\": \"int\"}]}");
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> reader(writer, writer).read(null, bytes, 0))
        .as("read")
        .hasMessage(message);
    assertThatThrownBy(() -> reader(writer, end).read(null, bytes, 0))
        .as("skipped")
        .hasMessage(message);
  }

  @Test
  void aLengthWithoutBytesBehindItIsRefusedBeforeAnythingIsAllocated() {
    assertRefused("\"string\"", "feffffff0f00", "length=2147483647, bytes left=1");
    assertRefused("\"bytes\"", "feffffff0f00", "length=2147483647, bytes left=1");
    assertRefused("\"bytes\"", "0100", "length=-1, bytes left=1");
  }

  @Test
  void aBlockOfMoreItemsThanThereAreBytesIsRefusedBeforeAnyOfThemIsLookedAt() {
    String nothings = "{\"type\": \"array\", \"items\": \"null\"}";
    String longs = "{\"type\": \"array\", \"items\": \"long\"}";
    assertRefused(nothings, "feffffffffffffffff0100", "items=9223372036854775807, at most=11");
    assertRefused(longs, "feffffffffffffffff0100", "items=9223372036854775807, at most=11");
    assertRefused("{\"type\": \"map\", \"values\": \"null\"}", "1e00", "items=15, at most=2");
  }

  @Test
  void manyBlocksOfNothingAreBoundedTogether() {
    String nothings = "{\"type\": \"array\", \"items\": \"null\"}";
    assertRefused(nothings, "080808080000", "items=4, at most=2");
  }

  @Test
  void recordsWithinRecordsAreRefusedWhereTheyAreTooDeep() {
    Schema nested = schema("""
        {"type": "record", "name": "N", "fields": [{"name": "n", "type": ["null", "N"]}, {"name": "end", "type": "int"}]}
        """);
    Schema end = schema("""
        {"type": "record", "name": "N", "fields": [{"name": "end", "type": "int"}]}
        """);
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);

    assertThatThrownBy(() -> reader(nested, end).read(null, deep, 0))
        .hasMessage("records within records, too deep");
  }
}
