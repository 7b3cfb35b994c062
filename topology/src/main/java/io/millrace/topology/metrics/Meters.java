package io.millrace.topology.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.scoring.Judgement;
import io.millrace.serde.mapping.Reason;
import io.millrace.state.LateLabels.Fate;
import java.util.EnumMap;
import java.util.Map;

/** The meters of the score stage; safe for many threads. */
public final class Meters {
  private final Counter scored;
  private final Counter late;
  private final Counter corrupt;
  private final Counter expired;
  private final Counter eligible;
  private final Counter lost;
  private final Counter windows;
  private final Counter windowSteps;
  private final Counter unlabelled;
  private final DistributionSummary surprise;
  private final Map<Fate, Counter> labels = new EnumMap<>(Fate.class);
  private final Map<Reason, Counter> deadLetters = new EnumMap<>(Reason.class);

  public Meters(MeterRegistry registry) {
    scored = counter(registry, "millrace.events.scored", "Events that got a score");
    late = counter(
        registry, "millrace.events.late", "Events scored though older than their key's last");
    corrupt = counter(
        registry,
        "millrace.states.corrupt",
        "State rows that could not be believed; the key began anew");
    expired = counter(
        registry,
        "millrace.states.expired",
        "Keys forgotten because they were unseen for state.ttl");
    eligible =
        counter(registry, "millrace.steps.eligible", "Scored events that may be learned from");
    lost = counter(
        registry,
        "millrace.steps.lost",
        "Steps of windows whose rows could not be believed, those that could be counted");
    windows = counter(registry, "millrace.windows.cut", "Windows sent off to be learned");
    windowSteps =
        counter(registry, "millrace.windows.steps", "Steps with a target in the windows sent off");
    unlabelled = counter(
        registry,
        "millrace.steps.unlabelled",
        "Steps whose window was cut while their label was not known");
    surprise = DistributionSummary.builder("millrace.surprise")
        .description("Surprise of scored events after warm-up")
        .baseUnit("nats")
        .register(registry);
    labels.put(
        Fate.JOINED,
        counter(registry, "millrace.labels.joined", "Labels that found their step in time"));
    labels.put(
        Fate.LATE,
        counter(
            registry,
            "millrace.labels.late",
            "Labels whose event was scored, but whose window had gone; a longer label.wait would have had them"));
    labels.put(
        Fate.UNKNOWN,
        counter(
            registry,
            "millrace.labels.unknown",
            "Labels of no event that is remembered, or of one whose label is known; one that came before its event joins it later"));
    for (Reason reason : Reason.values()) {
      deadLetters.put(
          reason,
          Counter.builder("millrace.dead.letters")
              .description("Events that could not be scored")
              .tag("reason", reason.text())
              .register(registry));
    }
  }

  private static Counter counter(MeterRegistry registry, String name, String meaning) {
    return Counter.builder(name).description(meaning).register(registry);
  }

  public void scored(Judgement judgement) {
    scored.increment();
    if (judgement.late()) {
      late.increment();
    }
    if (judgement.known() && !judgement.warmup()) {
      surprise.record(judgement.surprise());
    }
  }

  public void deadLetter(Reason reason) {
    deadLetters.get(reason).increment();
  }

  public void corruptState() {
    corrupt.increment();
  }

  public void expired(int keys) {
    expired.increment(keys);
  }

  public void eligibleStep() {
    eligible.increment();
  }

  public void lostSteps(long steps) {
    lost.increment(steps);
  }

  public void label(Fate fate) {
    labels.get(fate).increment();
  }

  /** @param known steps of it that have a target */
  public void cutWindow(int known) {
    windows.increment();
    windowSteps.increment(known);
  }

  public void unlabelledSteps(int steps) {
    unlabelled.increment(steps);
  }
}
