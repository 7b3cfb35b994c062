package io.millrace.serde.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericFixed;

/**
 * A feature's value to a number: booleans are 0 or 1, decimals are what they say.
 *
 * @param scale digits after the point, of decimals
 */
record Numbers(int scale) {
  /** Bytes of the digits, 2,400 of them; their text takes more than proportionate time. */
  private static final int LONGEST_DECIMAL = 1_000;

  private static final Set<Type> PLAIN =
      EnumSet.of(Type.INT, Type.LONG, Type.FLOAT, Type.DOUBLE, Type.BOOLEAN);

  /** @throws IllegalArgumentException when the field can hold something else */
  static Numbers of(Schema field) {
    List<Schema> types = Types.of(field);
    List<Integer> scales = types.stream()
        .filter(type -> type.getLogicalType() instanceof LogicalTypes.Decimal)
        .map(type -> ((LogicalTypes.Decimal) type.getLogicalType()).getScale())
        .toList();
    boolean known = !types.isEmpty() && types.stream().allMatch(Numbers::isNumber);
    if (!known || scales.size() > 1) {
      throw new IllegalArgumentException("field is " + Types.text(field)
          + ", expected int, long, float, double, boolean or decimal.");
    }
    return new Numbers(scales.isEmpty() ? 0 : scales.get(0));
  }

  private static boolean isNumber(Schema type) {
    return PLAIN.contains(type.getType()) || type.getLogicalType() instanceof LogicalTypes.Decimal;
  }

  /** @throws NumberFormatException when the decimal has no digits at all, or more than anybody means; its message says so */
  double of(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return decimal(bytes(value));
  }

  private double decimal(byte[] digits) {
    if (digits.length == 0) {
      throw new NumberFormatException("no digits");
    }
    if (digits.length > LONGEST_DECIMAL) {
      throw new NumberFormatException(digits.length + " bytes");
    }
    return new BigDecimal(new BigInteger(digits), scale).doubleValue();
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
