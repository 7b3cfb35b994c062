package io.millrace.topology.demo;

import io.millrace.topology.demo.fleet.Fault;
import io.millrace.topology.demo.fleet.FaultKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts, after the warm-up, how many of the injected faults are among the most surprising events, and how many would be if the scores were drawn by
 * lot. Memory: the highest scores, at most {@link #CAPACITY}, and the faults met.
 */
final class FaultTally {
  /** The most surprising: one event in so many. */
  static final int ONE_IN = 100;

  /** A longer run is told by its highest scores only. */
  static final int CAPACITY = 100_000;

  private final PriorityQueue<Ranked> highest = new PriorityQueue<>(
      Comparator.comparingDouble(Ranked::score).thenComparingDouble(Ranked::surprise));
  private final Map<Fault, Integer> eventsOfFault = new HashMap<>();
  private long judged;
  private long inFaults;

  private record Ranked(double score, double surprise, Optional<Fault> fault) {}

  void add(JudgedSample event) {
    if (event.score().getWarmup()) {
      return;
    }
    judged++;
    event.sample().fault().ifPresent(fault -> {
      inFaults++;
      eventsOfFault.merge(fault, 1, Integer::sum);
    });
    highest.add(new Ranked(
        event.score().getScore(), event.score().getSurprise(), event.sample().fault()));
    if (highest.size() > top() + 1) {
      highest.poll();
    }
  }

  /** What came of it, as of now. */
  FaultSummary summary() {
    List<Ranked> top =
        highest.stream().sorted(highest.comparator().reversed()).limit(top()).toList();
    long hits = top.stream().filter(event -> event.fault().isPresent()).count();
    Set<Fault> found =
        top.stream().flatMap(event -> event.fault().stream()).collect(Collectors.toSet());
    double share = judged == 0 ? 0 : top.size() / (double) judged;
    return new FaultSummary(judged, top.size(), hits, share * inFaults, kinds(found, share));
  }

  private List<FaultSummary.Kind> kinds(Set<Fault> found, double share) {
    return List.of(FaultKind.values()).stream()
        .map(kind -> {
          List<Fault> faults = eventsOfFault.keySet().stream()
              .filter(fault -> fault.kind() == kind)
              .toList();
          double chance = faults.stream()
              .mapToDouble(fault -> 1 - Math.pow(1 - share, eventsOfFault.get(fault)))
              .sum();
          long hit = faults.stream().filter(found::contains).count();
          return new FaultSummary.Kind(kind, faults.size(), hit, chance);
        })
        .toList();
  }

  private int top() {
    return (int) Math.min(CAPACITY, (judged + ONE_IN - 1) / ONE_IN);
  }
}
