package io.millrace.tests;

import io.millrace.model.scoring.KeyState;
import io.millrace.serde.KeyStateCodec;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.WindowCodec;
import io.millrace.topology.Names;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Where every step that may be learned from is now: the promise of conservation, counted from the stores themselves. */
final class Ledger {
  private final Flow flow;
  private final KeyStateCodec states;
  private final WindowCodec windows;
  private final OpenWindowCodec openWindows;

  Ledger(Flow flow) {
    this.flow = flow;
    this.states = new KeyStateCodec(flow.config().modelSpec(), flow.config().stateEncoding());
    this.windows = new WindowCodec(flow.config().modelSpec());
    this.openWindows = new OpenWindowCodec(flow.config().modelSpec());
  }

  long eligible() {
    return (long) flow.count("millrace.steps.eligible");
  }

  long accountedFor() {
    return open() + waiting() + pending() + merged() + dropped() + unlabelled();
  }

  /** Let go without a target, so never to be learned. */
  private long unlabelled() {
    return (long) flow.count("millrace.steps.unlabelled");
  }

  private long merged() {
    return (long) flow.gauge("millrace.weights.steps");
  }

  private long dropped() {
    return (long) (flow.count("millrace.steps.lost") + flow.gauge("millrace.merge.dropped.steps"));
  }

  private long open() {
    long steps = 0;
    try (KeyValueIterator<Bytes, byte[]> rows = flow.keyStates().all()) {
      while (rows.hasNext()) {
        KeyState state = states.decode(rows.next().value);
        steps += state.hasOpenWindow() ? state.steps() - state.windowStart() : 0;
      }
    }
    return steps;
  }

  /** In windows that are complete but for labels. */
  private long waiting() {
    return Rows.of(flow.openWindows(), Rows.WAITING).stream()
        .mapToLong(row -> openWindows.decodeWindow(row).steps().size())
        .sum();
  }

  /** One worker never waits for others, so what is not pending is merged. */
  private long pending() {
    long steps = 0;
    try (KeyValueIterator<Bytes, byte[]> rows =
        flow.store(Names.PENDING_WINDOWS).all()) {
      while (rows.hasNext()) {
        byte[] row = rows.next().value;
        steps += windows
            .decode(Arrays.copyOfRange(row, Long.BYTES, row.length))
            .steps()
            .knownSteps();
      }
    }
    return steps;
  }
}
