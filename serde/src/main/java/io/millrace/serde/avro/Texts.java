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

/** Keys, ids and categories: texts and whole numbers as text, bytes as they are. */
final class Texts {
  private static final Set<Type> TAKEN =
      EnumSet.of(Type.STRING, Type.ENUM, Type.INT, Type.LONG, Type.BYTES, Type.FIXED);

  private static final Set<Type> CATEGORIES = EnumSet.of(Type.BOOLEAN);

  static {
    CATEGORIES.addAll(TAKEN);
  }

  private Texts() {}

  /** @throws IllegalArgumentException when the field can hold something else */
  static void check(Schema field) {
    require(field, TAKEN, "string, enum, int, long, bytes or fixed");
  }

  /** @throws IllegalArgumentException when the field can hold something else */
  static void checkCategory(Schema field) {
    require(field, CATEGORIES, "string, enum, int, long, boolean, bytes or fixed");
  }

  private static void require(Schema field, Set<Type> taken, String expected) {
    List<Schema> types = Types.of(field);
    if (types.isEmpty() || !types.stream().allMatch(type -> taken.contains(type.getType()))) {
      throw new IllegalArgumentException(
          "field is " + Types.text(field) + ", expected " + expected + ".");
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
