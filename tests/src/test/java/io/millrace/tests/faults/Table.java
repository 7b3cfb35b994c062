package io.millrace.tests.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The rounds played, by kind of fault or by world, as Markdown. */
final class Table {
  private Table() {}

  static String of(Collection<Played> rounds) {
    return by("fault", rounds, Played::kind) + "\n" + by("world", rounds, Played::world);
  }

  private static String by(String name, Collection<Played> rounds, Function<Played, String> group) {
    StringBuilder table = new StringBuilder("| " + name
        + " | rounds | events | kill -9 | restarts by itself | median s | lost | duplicated | ledger difference | state mismatches |\n"
        + "|---|---|---|---|---|---|---|---|---|---|\n");
    Map<String, List<Played>> groups = new TreeMap<>();
    rounds.forEach(round ->
        groups.computeIfAbsent(group.apply(round), any -> new ArrayList<>()).add(round));
    groups.forEach((key, some) -> table.append(row(key, some)));
    return table.append(row("all", new ArrayList<>(rounds))).toString();
  }

  private static String row(String key, List<Played> rounds) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %.1f | %d | %d | %d | %d |%n",
        key,
        rounds.size(),
        sum(rounds, Played::events),
        sum(rounds, Played::kills),
        sum(rounds, Played::failures),
        rounds.stream()
            .mapToDouble(Played::seconds)
            .sorted()
            .skip(rounds.size() / 2)
            .findFirst()
            .orElse(0),
        sum(rounds, Played::lost),
        sum(rounds, Played::duplicated),
        sum(rounds, Played::ledgerDifference),
        sum(rounds, Played::stateMismatches));
  }

  private static long sum(List<Played> rounds, ToLongFunction<Played> figure) {
    return rounds.stream().mapToLong(figure).sum();
  }
}
