package io.millrace.topology.score;

import io.millrace.model.scoring.Observation;
import io.millrace.schemas.Event;

/**
 * An event that passed every check.
 *
 * @param record as sent
 * @param observation as the model takes it
 */
record ReadEvent(Event record, Observation observation) {}
