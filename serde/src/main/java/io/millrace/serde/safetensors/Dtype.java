package io.millrace.serde.safetensors;

import java.nio.ByteBuffer;

/** How one value stands in a file, little-endian, by the format's own names. */
enum Dtype {
  F64(8) {
    @Override
    float at(ByteBuffer data, int offset) {
      return (float) data.getDouble(offset);
    }
  },
  F32(4) {
    @Override
    float at(ByteBuffer data, int offset) {
      return data.getFloat(offset);
    }
  },
  /** IEEE 754 binary16: one sign bit, five of exponent, ten of fraction. */
  F16(2) {
    @Override
    float at(ByteBuffer data, int offset) {
      return half(data.getShort(offset));
    }
  },
  /** The upper half of a float32. */
  BF16(2) {
    @Override
    float at(ByteBuffer data, int offset) {
      return Float.intBitsToFloat(data.getShort(offset) << 16);
    }
  };

  private static final int HALF_SPECIAL = 0x1f;
  private static final int BIAS_DIFFERENCE = 127 - 15;

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  /** @param offset of the value's first byte */
  abstract float at(ByteBuffer data, int offset);

  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >>> 10 & HALF_SPECIAL;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    int wide = exponent == HALF_SPECIAL ? 0xff : exponent + BIAS_DIFFERENCE;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
