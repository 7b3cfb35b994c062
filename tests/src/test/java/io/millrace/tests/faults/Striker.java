package io.millrace.tests.faults;

import io.millrace.tests.faults.plan.FaultKind;
import io.millrace.tests.faults.plan.Round;
import io.millrace.tests.faults.site.Damage;
import io.millrace.tests.faults.site.Instance;
import io.millrace.tests.faults.site.Place;
import io.millrace.tests.faults.site.Site;
import io.millrace.tests.faults.site.Waiting;
import java.time.Duration;
import java.util.Random;

/** Does the fault of a round to a history's processes. What it decides follows from the round's seed. */
final class Striker {
  private static final int LONGEST_PAUSE_MS = 2 * Place.SESSION_MS;
  private static final int BETWEEN_KILLS_MS = 5_000;
  private static final Duration FULL = Duration.ofSeconds(3);

  private final Site site;
  private final History history;
  private final Random dice;

  Striker(Site site, History history, Round round) {
    this.site = site;
    this.history = history;
    this.dice = new Random(~round.seed());
  }

  void strike(FaultKind kind) {
    switch (kind) {
      case KILL_APPLICATION -> killApplication();
      case KILL_BROKER -> site.restartBroker();
      case KILL_BOTH -> killBoth();
      case PAUSE_APPLICATION -> pauseApplication();
      case PAUSE_BROKER -> site.pauseBroker(pause());
      case ZOMBIE -> zombie();
      case REBALANCE -> rebalance();
      case WIPE_STATE -> wipeState();
      case CORRUPT_ROW -> history.damageARow(dice);
      case CORRUPT_FILE -> corruptFile();
      case FULL_DISK -> fullDisk();
      case CLOCK_JUMP -> {
        // is in the events
      }
    }
  }

  private Duration pause() {
    return Duration.ofMillis(500 + dice.nextInt(LONGEST_PAUSE_MS));
  }

  private void killApplication() {
    history.first().kill();
    if (dice.nextBoolean()) {
      Waiting.pass(Duration.ofMillis(dice.nextInt(BETWEEN_KILLS_MS)));
      history.first().kill();
    }
  }

  private void killBoth() {
    history.first().kill();
    site.restartBroker();
  }

  private void pauseApplication() {
    history.first().pause();
    Waiting.pass(pause());
    history.first().resume();
  }

  private void zombie() {
    try (Instance second = history.second()) {
      second.start();
      second.awaitRunning();
      history.first().pause();
      Waiting.pass(Duration.ofMillis(Place.SESSION_MS + dice.nextInt(2 * Place.SESSION_MS)));
      history.first().resume();
    }
  }

  private void rebalance() {
    try (Instance second = history.second()) {
      second.start();
      second.awaitRunning();
      Waiting.pass(Duration.ofMillis(dice.nextInt(1_000)));
      if (dice.nextBoolean()) {
        second.killForGood();
      }
    }
  }

  private void wipeState() {
    history.first().killForGood();
    Damage.delete(history.first().state());
    history.first().start();
  }

  private void corruptFile() {
    history.first().stop();
    Damage.files(history.first().state(), dice);
    history.first().start();
  }

  /** Too small to open the stores at all, then large enough until something fills it. */
  private void fullDisk() {
    Instance first = history.first();
    first.stop();
    first.startOnSmallDisk((16 + dice.nextInt(240)) + "k");
    Waiting.pass(FULL.plus(FULL));
    first.stop();
    first.startOnSmallDisk("64m");
    first.awaitRunning();
    first.fillDisk();
    Waiting.pass(FULL);
    first.freeDisk();
    first.stop();
    first.start();
  }
}
