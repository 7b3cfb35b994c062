package io.millrace.serde.avro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.util.Utf8;

/** Keys and ids: texts and whole numbers as text, bytes as they are. */
final class Texts {
  private static final Set<Type> TAKEN =
      EnumSet.of(Type.STRING, Type.ENUM, Type.INT, Type.LONG, Type.BYTES, Type.FIXED);

  private Texts() {}

  /** @throws IllegalArgumentException when the field can hold something else */
  static void check(Schema field) {
    List<Schema> types = Types.of(field);
    if (types.isEmpty() || !types.stream().allMatch(type -> TAKEN.contains(type.getType()))) {
      throw new IllegalArgumentException(
          "field is " + Types.text(field) + ", expected string, enum, int, long, bytes or fixed.");
    }
  }

  /** Texts in UTF-8. */
  static byte[] bytes(Object value) {
    if (value instanceof Utf8 text) {
      return Arrays.copyOf(text.getBytes(), text.getByteLength());
    }
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes().clone();
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes in hexadecimal. */
  static String text(Object value) {
    boolean binary = value instanceof GenericFixed || value instanceof ByteBuffer;
    return binary ? HexFormat.of().formatHex(bytes(value)) : value.toString();
  }
}
