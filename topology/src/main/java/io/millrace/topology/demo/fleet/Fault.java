package io.millrace.topology.demo.fleet;

import java.time.Instant;

/**
 * One injected fault: the label that nobody but the summary sees.
 *
 * @param size signed; see {@link FaultKind}
 * @param firstStep the first sample of the device that it touches
 * @param endStep the first sample that is healthy again
 * @param start no sample of it is earlier
 * @param end every sample of it is earlier
 */
public record Fault(
    FaultKind kind,
    String key,
    Channel channel,
    double size,
    long firstStep,
    long endStep,
    Instant start,
    Instant end) {
  boolean covers(long step) {
    return step >= firstStep && step < endStep;
  }
}
