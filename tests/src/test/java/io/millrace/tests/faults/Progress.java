package io.millrace.tests.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The rounds of one seed that have been played, kept in a file, so that a thousand can be played in pieces. */
final class Progress {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed;
  private final Path file;
  private final TreeMap<Integer, Played> played = new TreeMap<>();

  Progress(Path dir, long seed) {
    this.seed = seed;
    this.file = dir.resolve("rounds-" + seed + ".jsonl");
    try {
      Files.createDirectories(dir);
      for (String line : wholeLines()) {
        Played round = JSON.readValue(line, Played.class);
        played.put(round.round(), round);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without a last one that a kill broke off, which the next is not to be appended to: its round is played again. */
  private List<String> wholeLines() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    if (whole.length() < text.length()) {
      Files.writeString(file, whole);
    }
    return whole.lines().toList();
  }

  boolean has(int round) {
    return played.containsKey(round);
  }

  synchronized void add(Played round) {
    played.put(round.round(), round);
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(round) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isClean(int rounds) {
    return upTo(rounds).stream().allMatch(Played::clean);
  }

  private Collection<Played> upTo(int rounds) {
    return played.headMap(rounds).values();
  }

  /** Beside the rounds. */
  void writeTable(int rounds) {
    try {
      Files.writeString(file.resolveSibling("table-" + seed + ".md"), Table.of(upTo(rounds)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line for scripts. */
  String summary(int rounds, Map<String, String> skipped) {
    return summary(seed, new ArrayList<>(upTo(rounds)), skipped);
  }

  static String summary(long seed, List<Played> rounds, Map<String, String> skipped) {
    Map<String, Integer> kinds = new TreeMap<>();
    rounds.forEach(round -> kinds.merge(round.kind(), 1, Integer::sum));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("seed", seed);
    line.put("rounds", rounds.size());
    line.put("kills", sum(rounds, Played::kills));
    line.put("lost", sum(rounds, Played::lost));
    line.put("duplicated", sum(rounds, Played::duplicated));
    line.put("ledgerDifference", sum(rounds, Played::ledgerDifference));
    line.put("stateMismatches", sum(rounds, Played::stateMismatches));
    line.put("events", sum(rounds, Played::events));
    line.put("kinds", kinds);
    line.put("skipped", skipped);
    try {
      return JSON.writeValueAsString(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sum(List<Played> rounds, ToLongFunction<Played> figure) {
    return rounds.stream().mapToLong(figure).sum();
  }
}
