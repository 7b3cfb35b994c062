package io.millrace.serde;

import io.millrace.model.scoring.Step;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A step of a window as it is stored.
 *
 * @param number of the event in its key's life
 * @param time of the event: milliseconds since 1970
 * @param input [R]
 * @param target [G]; zeros where it is not known
 * @param known whether it is
 * @param awaited id of the event whose label may still come
 */
public record StoredStep(
    long number,
    long time,
    float[] input,
    float[] target,
    boolean known,
    Optional<String> awaited) {
  /** Events with longer ids, in UTF-8, are not awaited. */
  static final int MAX_ID = 1024;

  /** @param id of the event, where its label would find it */
  public static StoredStep of(Step step, Optional<String> id) {
    Optional<String> awaited = id.filter(text -> !step.known() && isShort(text));
    return new StoredStep(
        step.number(), step.time(), step.input(), step.target(), step.known(), awaited);
  }

  private static boolean isShort(String id) {
    return id.getBytes(StandardCharsets.UTF_8).length <= MAX_ID;
  }

  /** The step, its label known. */
  public StoredStep labelled(float label) {
    return new StoredStep(number, time, input, new float[] {label}, true, Optional.empty());
  }
}
