package io.millrace.tests.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to play, by system properties under {@code faults.}; an empty one is one that is not there.
 *
 * @param seed of all rounds
 * @param rounds to have been played in the end, those of earlier runs in the same directory included
 * @param lanes sites on which rounds are played at the same time: most of a round is waiting
 * @param round the only one to play, by itself
 * @param limit no round begins later than this
 * @param dir for the broker, the logs and the rounds played
 * @param sources the project's directory, of which mutants are made
 * @param mutant the broken build to play with
 */
record FaultSettings(
    long seed,
    int rounds,
    int lanes,
    OptionalInt round,
    Optional<Duration> limit,
    Path dir,
    Path sources,
    Optional<String> mutant) {

  static FaultSettings ofSystemProperties() {
    return new FaultSettings(
        Long.parseLong(property("seed").orElse("1")),
        Integer.parseInt(property("rounds").orElse("50")),
        Integer.parseInt(property("lanes").orElse("1")),
        property("round").map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()),
        property("minutes").map(Long::parseLong).map(Duration::ofMinutes),
        Path.of(property("dir").orElse("target/faults")).toAbsolutePath(),
        Path.of(property("sources").orElse("..")).toAbsolutePath().normalize(),
        property("mutant"));
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty("faults." + name))
        .filter(value -> !value.isBlank());
  }
}
