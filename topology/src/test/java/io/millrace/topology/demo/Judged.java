package io.millrace.topology.demo;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.topology.demo.fleet.Channel;
import io.millrace.topology.demo.fleet.Fault;
import io.millrace.topology.demo.fleet.FaultKind;
import io.millrace.topology.demo.fleet.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judged samples as tests need them. */
final class Judged {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private Judged() {}

  static JudgedSample of(double score, Optional<Fault> fault) {
    return sample(score, fault, false);
  }

  static JudgedSample warmup(double score, Optional<Fault> fault) {
    return sample(score, fault, true);
  }

  static Fault fault(FaultKind kind, long firstStep) {
    return new Fault(
        kind,
        "device-000",
        Channel.CURRENT,
        4,
        firstStep,
        firstStep + 10,
        TIME,
        TIME.plusSeconds(10));
  }

  private static JudgedSample sample(double score, Optional<Fault> fault, boolean warmup) {
    Event event = new Event(null, TIME, List.of(1.0, 2.0, 3.0, 4.0), List.of(), null, false);
    return new JudgedSample(
        new Sample("device-000", 0, event, fault, false),
        new Score(
            null,
            TIME,
            score,
            score * 10,
            List.of(1.5, 2.5, 3.5, 4.5),
            0L,
            1L,
            warmup,
            false,
            false));
  }
}
