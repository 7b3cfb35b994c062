package io.millrace.tests.faults.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The rounds of a seed. Each follows from the seed and its number alone, so that one can be played by itself. */
public final class Schedule {
  /** Rounds that share one running history. */
  public static final int ROUNDS_A_HISTORY = 5;

  private static final int FEWEST_EVENTS = 300;
  private static final int MOST_EVENTS = 900;
  private static final int LONGEST_DELAY_MS = 250;
  private static final long PRIME = 1_000_003;

  private final long seed;
  private final List<FaultKind> deck = new ArrayList<>();

  /** @param impossible kinds that cannot be had on this machine */
  public Schedule(long seed, Set<FaultKind> impossible) {
    this.seed = seed;
    for (FaultKind kind : FaultKind.values()) {
      if (!impossible.contains(kind)) {
        deck.addAll(Collections.nCopies(kind.weight(), kind));
      }
    }
  }

  public Round round(int number) {
    Random dice = new Random(seed * PRIME + number);
    int events = FEWEST_EVENTS + dice.nextInt(MOST_EVENTS - FEWEST_EVENTS);
    return new Round(
        number,
        kind(number),
        world(number),
        events,
        events / 10 + dice.nextInt(events * 8 / 10),
        dice.nextInt(LONGEST_DELAY_MS),
        dice.nextLong());
  }

  /** Every kind comes within a deck, in an order that the seed decides. */
  private FaultKind kind(int number) {
    List<FaultKind> shuffled = new ArrayList<>(deck);
    Collections.shuffle(shuffled, new Random(seed * PRIME - 1 - number / deck.size()));
    return shuffled.get(number % deck.size());
  }

  private static World world(int number) {
    World[] worlds = World.values();
    return worlds[number / ROUNDS_A_HISTORY % worlds.length];
  }
}
