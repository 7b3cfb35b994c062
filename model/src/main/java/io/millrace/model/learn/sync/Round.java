package io.millrace.model.learn.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes that the next version will be made of, and those that it will only acknowledge. What comes of it does not depend on
 * the order in which the workers were heard.
 */
final class Round {
  /** A change with its judgement. */
  private record Entry(Change change, Judgement judgement) {}

  private final SortedMap<Integer, List<Entry>> entries = new TreeMap<>();

  void add(int worker, Change change, Judgement judgement) {
    entries.computeIfAbsent(worker, w -> new ArrayList<>()).add(new Entry(change, judgement));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  SortedMap<Integer, Long> sequences() {
    SortedMap<Integer, Long> last = new TreeMap<>();
    entries.forEach(
        (worker, list) -> last.put(worker, list.get(list.size() - 1).change().sequence()));
    return last;
  }

  List<Offer> offers() {
    List<Offer> offers = new ArrayList<>();
    entries.forEach(
        (worker, list) -> list.forEach(entry -> offers.add(new Offer(worker, entry.change()))));
    return offers;
  }

  List<OuterStep.Share> shares() {
    List<OuterStep.Share> shares = new ArrayList<>();
    for (List<Entry> list : entries.values()) {
      List<Change> admitted = admitted(list);
      if (!admitted.isEmpty()) {
        shares.add(new OuterStep.Share(
            admitted.stream().mapToLong(Change::steps).sum(),
            admitted.stream().map(Change::delta).toList()));
      }
    }
    return shares;
  }

  private static List<Change> admitted(List<Entry> list) {
    return list.stream()
        .filter(entry -> entry.judgement().isAdmitted())
        .map(Entry::change)
        .toList();
  }

  /** Of what was admitted. */
  Tally tally() {
    Tally sum = Tally.NONE;
    for (List<Entry> list : entries.values()) {
      for (Change change : admitted(list)) {
        sum = sum.plus(change.tally());
      }
    }
    return sum;
  }

  DroppedSteps dropped() {
    DroppedSteps sum = DroppedSteps.NONE;
    for (List<Entry> list : entries.values()) {
      for (Entry entry : list) {
        sum = entry.judgement().countInto(sum, entry.change().steps());
      }
    }
    return sum;
  }

  TypicalChange typicalAfter(TypicalChange before, double limit) {
    TypicalChange typical = before;
    for (List<Entry> list : entries.values()) {
      for (Entry entry : list) {
        if (entry.judgement().tellsLength()) {
          typical = typical.after(entry.judgement().norm(), entry.change().steps(), limit);
        }
      }
    }
    return typical;
  }
}
