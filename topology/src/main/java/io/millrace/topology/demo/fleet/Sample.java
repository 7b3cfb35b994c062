package io.millrace.topology.demo.fleet;

import io.millrace.schemas.Event;
import java.util.Optional;

/**
 * One event with the truth about it.
 *
 * @param step which sample of its device, from 0
 * @param broken a sensor gave NaN: such an event cannot be scored
 */
public record Sample(String key, long step, Event event, Optional<Fault> fault, boolean broken) {}
