package io.millrace.topology.deadletters;

import io.millrace.serde.mapping.Reason;
import io.millrace.topology.config.MillraceConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;

/** The dead letters there are, oldest first within a partition. */
public final class DeadLetterList {
  private final MillraceConfig config;
  private final Set<Reason> reasons;

  /** @param reasons of the letters wanted; none: all, those too that Millrace did not write */
  public DeadLetterList(MillraceConfig config, Set<Reason> reasons) {
    this.config = config;
    this.reasons = Set.copyOf(reasons);
  }

  /**
   * @return how many there are
   * @throws IllegalArgumentException when there is no such topic
   */
  public long all(Consumer<DeadLetterLine> lines) {
    DeadLetterTopics.requireLetters(config);
    long count = 0;
    try (Letters letters = new Letters(config)) {
      while (letters.hasMore()) {
        for (Letter letter : letters.next()) {
          if (isWanted(letter)) {
            count++;
            lines.accept(DeadLetterLine.of(letter));
          }
        }
      }
    }
    return count;
  }

  /**
   * @param limit at most so many
   * @return how many there are, those included that are not told
   * @throws IllegalArgumentException when there is no such topic
   */
  public long newest(int limit, Consumer<DeadLetterLine> lines) {
    Deque<DeadLetterLine> newest = new ArrayDeque<>();
    long count = all(line -> {
      newest.addLast(line);
      if (newest.size() > limit) {
        newest.removeFirst();
      }
    });
    newest.forEach(lines);
    return count;
  }

  private boolean isWanted(Letter letter) {
    return reasons.isEmpty() || letter.reason().filter(reasons::contains).isPresent();
  }
}
