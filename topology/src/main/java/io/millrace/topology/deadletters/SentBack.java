package io.millrace.topology.deadletters;

import io.millrace.serde.mapping.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far one partition's letters of each reason have been sent back: those before an offset have. Kept as a consumer group's offset, which is the
 * lowest of them; the metadata names those that are further, {@code late=17,wrong-type=23}.
 */
final class SentBack {
  private static final Pattern ENTRY = Pattern.compile("([a-z-]+)=(\\d{1,18})");

  private final Map<Reason, Long> next = new EnumMap<>(Reason.class);

  /** Nothing yet. */
  SentBack() {
    this(0);
  }

  private SentBack(long next) {
    for (Reason reason : Reason.values()) {
      this.next.put(reason, next);
    }
  }

  /** @throws IllegalStateException when the offset is not one of {@link #toOffset()} */
  static SentBack of(OffsetAndMetadata offset) {
    SentBack place = new SentBack(offset.offset());
    if (!offset.metadata().isEmpty()) {
      for (String entry : offset.metadata().split(",")) {
        place.read(entry, offset.metadata());
      }
    }
    return place;
  }

  private void read(String entry, String metadata) {
    Matcher parts = ENTRY.matcher(entry);
    Reason reason = parts.matches() ? Reason.of(parts.group(1)).orElse(null) : null;
    if (reason == null) {
      throw new IllegalStateException(
          "replay rejected: field=metadata, expected=REASON=OFFSET,.., actual=" + metadata
              + ". Another consumer, or a newer Millrace, uses this group; replay with that one.");
    }
    next.put(reason, Long.parseLong(parts.group(2)));
  }

  OffsetAndMetadata toOffset() {
    long lowest = Collections.min(next.values());
    return new OffsetAndMetadata(
        lowest,
        next.entrySet().stream()
            .filter(entry -> entry.getValue() > lowest)
            .map(entry -> entry.getKey().text() + "=" + entry.getValue())
            .collect(Collectors.joining(",")));
  }

  /** From where letters of these reasons may not have been sent back. */
  long first(Set<Reason> reasons) {
    return reasons.stream().mapToLong(next::get).min().orElseThrow();
  }

  boolean has(Reason reason, long offset) {
    return offset < next.get(reason);
  }

  /** A letter lies behind a run that sends these reasons back. */
  void pass(Set<Reason> reasons, long offset) {
    reasons.forEach(reason -> next.merge(reason, offset + 1, Math::max));
  }
}
