package io.millrace.model.learn.sync;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Steps dropped so far, by reason. Never changed.
 *
 * @param byReason reasons that occurred, in the order of {@link DropReason}
 */
public record DroppedSteps(Map<DropReason, Long> byReason) {
  public static final DroppedSteps NONE = new DroppedSteps(Map.of());

  public DroppedSteps {
    Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
    copy.putAll(byReason);
    byReason = Collections.unmodifiableMap(copy);
  }

  /** Steps that a rollback further forward brings back count below zero. */
  public DroppedSteps plus(DropReason reason, long steps) {
    if (steps == 0) {
      return this;
    }
    Map<DropReason, Long> sum = new EnumMap<>(DropReason.class);
    sum.putAll(byReason);
    sum.merge(reason, steps, Long::sum);
    return new DroppedSteps(sum);
  }

  public DroppedSteps plus(DroppedSteps other) {
    DroppedSteps sum = this;
    for (Map.Entry<DropReason, Long> entry : other.byReason.entrySet()) {
      sum = sum.plus(entry.getKey(), entry.getValue());
    }
    return sum;
  }

  public long of(DropReason reason) {
    return byReason.getOrDefault(reason, 0L);
  }

  public long total() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
