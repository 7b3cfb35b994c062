package io.millrace.tests.faults.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One scored event of a key. By its time and not by its number: a key whose row was damaged counts from 0 again. */
record StepId(String key, long time) {
  static StepId of(byte[] key, long time) {
    return new StepId(new String(key, UTF_8), time);
  }
}
