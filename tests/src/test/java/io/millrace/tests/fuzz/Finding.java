package io.millrace.tests.fuzz;

import java.util.HexFormat;

/**
 * An input that a decoder does not stand.
 *
 * @param number of the input, by which its seed makes it again
 * @param what is wrong
 */
record Finding(long number, byte[] input, String what) {
  private static final int SHOWN = 200;

  @Override
  public String toString() {
    return "input=" + number + ", length=" + input.length + ", bytes="
        + HexFormat.of().formatHex(input, 0, Math.min(SHOWN, input.length)) + ": " + what;
  }
}
