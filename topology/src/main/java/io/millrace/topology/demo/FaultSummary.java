package io.millrace.topology.demo;

import io.millrace.topology.demo.fleet.FaultKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Raw counts, each next to what drawing by lot would give on average.
 *
 * @param judged scores after the warm-up
 * @param top how many of them are called the most surprising
 * @param hits events of the top inside a fault
 */
record FaultSummary(long judged, int top, long hits, double hitsByChance, List<Kind> kinds) {
  /**
   * @param faults that had an event after the warm-up
   * @param found those of them with an event in the top
   */
  record Kind(FaultKind kind, int faults, long found, double foundByChance) {
    String text() {
      return String.format(
          Locale.ROOT,
          "  %-12s %4d of %4d, by chance %.1f",
          kind.text(),
          found,
          faults,
          foundByChance);
    }
  }

  /** Some lines for people. */
  String text() {
    if (judged == 0) {
      return "Every key is still in its warm-up, so nothing can be said of the faults. More --events, or fewer --keys.";
    }
    int faults = kinds.stream().mapToInt(Kind::faults).sum();
    long found = kinds.stream().mapToLong(Kind::found).sum();
    double chance = kinds.stream().mapToDouble(Kind::foundByChance).sum();
    return String.format(
            Locale.ROOT,
            "Of %d scores after the warm-up the %d highest touch %d of %d injected faults, by chance %.1f:%n",
            judged,
            top,
            found,
            faults,
            chance)
        + kinds.stream().map(Kind::text).collect(Collectors.joining("\n"))
        + String.format(
            Locale.ROOT,
            "%nOf these %d events %d lie inside a fault, by chance %.1f.",
            top,
            hits,
            hitsByChance);
  }
}
