package io.millrace.serde;

import io.millrace.model.HiddenState;
import java.nio.ByteBuffer;

/**
 * How what the network works with stands in a key's row: h and c, and the numeric columns it is going to be fed. What is read back and
 * written again is the same bytes again, so a state is rounded once for each event that changes it, wherever it has been in between.
 */
public enum StateEncoding {
  /** 4 bytes a value, as computed. */
  F32(0) {
    @Override
    int size(int numbers, int values) {
      return Float.BYTES * (numbers + 2 * values);
    }

    @Override
    void put(ByteBuffer out, float[] row, int numbers, HiddenState hidden) {
      Floats.put(out, row, numbers);
      Floats.put(out, hidden.h());
      Floats.put(out, hidden.c());
    }

    @Override
    void get(ByteBuffer in, float[] row, int numbers, HiddenState hidden) {
      Floats.get(in, row, numbers);
      Floats.get(in, hidden.h(), hidden.h().length);
      Floats.get(in, hidden.c(), hidden.c().length);
    }

    @Override
    void check(ByteBuffer row, int from, int numbers, int values) {
      KeyStateRow.checkFloats(row, from, from + size(numbers, values));
    }
  },
  /** 2 bytes a value, off by a 2048th of it. */
  F16(1) {
    @Override
    int size(int numbers, int values) {
      return Short.BYTES * (numbers + 2 * values);
    }

    @Override
    void put(ByteBuffer out, float[] row, int numbers, HiddenState hidden) {
      Halves.put(out, row, numbers);
      Halves.put(out, hidden.h(), hidden.h().length);
      Halves.put(out, hidden.c(), hidden.c().length);
    }

    @Override
    void get(ByteBuffer in, float[] row, int numbers, HiddenState hidden) {
      Halves.get(in, row, numbers);
      Halves.get(in, hidden.h(), hidden.h().length);
      Halves.get(in, hidden.c(), hidden.c().length);
    }

    @Override
    void check(ByteBuffer row, int from, int numbers, int values) {
      KeyStateRow.checkHalves(row, from, from + size(numbers, values));
    }
  },
  /**
   * A byte a value: h in 127ths, off by a 254th, c likewise in 127ths of its largest. The columns, of which one may be a hundred times
   * another, have 2 bytes each.
   */
  INT8(2) {
    @Override
    int size(int numbers, int values) {
      return Short.BYTES * numbers + Float.BYTES + 2 * values;
    }

    @Override
    void put(ByteBuffer out, float[] row, int numbers, HiddenState hidden) {
      Halves.put(out, row, numbers);
      float unit = Steps.unitOf(hidden.c());
      out.putFloat(unit);
      Steps.put(out, hidden.h(), Steps.UNIT);
      Steps.put(out, hidden.c(), unit);
    }

    @Override
    void get(ByteBuffer in, float[] row, int numbers, HiddenState hidden) {
      Halves.get(in, row, numbers);
      float unit = in.getFloat();
      Steps.get(in, hidden.h(), Steps.UNIT);
      Steps.get(in, hidden.c(), unit);
    }

    @Override
    void check(ByteBuffer row, int from, int numbers, int values) {
      int unitAt = from + Short.BYTES * numbers;
      KeyStateRow.checkHalves(row, from, unitAt);
      KeyStateRow.checkFloats(row, unitAt, unitAt + Float.BYTES);
    }
  };

  private static final StateEncoding[] ALL = values();

  private final byte code;

  StateEncoding(int code) {
    this.code = (byte) code;
  }

  /** As the row says it. */
  byte code() {
    return code;
  }

  /** @throws CorruptStateException when no encoding has this code */
  static StateEncoding of(int code) {
    for (StateEncoding encoding : ALL) {
      if (encoding.code == code) {
        return encoding;
      }
    }
    throw new CorruptStateException("encoding", "0.." + (ALL.length - 1), code);
  }

  /** Bytes of so many numeric columns, and of h and c of so many values each. */
  abstract int size(int numbers, int values);

  /** @param row its first columns, which are bounded */
  abstract void put(ByteBuffer out, float[] row, int numbers, HiddenState hidden);

  /**
   * @param row its first columns are filled
   * @param hidden filled
   */
  abstract void get(ByteBuffer in, float[] row, int numbers, HiddenState hidden);

  /** @throws CorruptStateException naming the first value that is not finite */
  abstract void check(ByteBuffer row, int from, int numbers, int values);
}
