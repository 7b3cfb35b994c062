package io.millrace.tests.faults.plan;

import java.util.Random;

/**
 * The rounds in which a mutant is hunted: kill -9 of the application in a lull of a burst, once what was sent has been taken in. Each follows from the
 * seed and its number alone.
 */
public final class Hunt {
  private static final int FEWEST_EVENTS = 600;
  private static final int MOST_EVENTS = 900;
  private static final int SHORTEST_LULL_MS = 500;
  private static final int LONGEST_LULL_MS = 1_000;
  private static final long PRIME = 1_000_003;

  private final long seed;
  private final World world;

  /** @param world in which the mutant is told from the product */
  public Hunt(long seed, World world) {
    this.seed = seed;
    this.world = world;
  }

  public Round round(int number) {
    Random dice = new Random(seed * PRIME + number);
    int events = FEWEST_EVENTS + dice.nextInt(MOST_EVENTS - FEWEST_EVENTS);
    return new Round(
        number,
        FaultKind.KILL_APPLICATION,
        world,
        events,
        events / 2 + dice.nextInt(events / 3),
        SHORTEST_LULL_MS + dice.nextInt(LONGEST_LULL_MS - SHORTEST_LULL_MS),
        dice.nextLong());
  }
}
