package io.millrace.topology.score;

import io.millrace.model.scoring.Observation;
import io.millrace.serde.mapping.MappedEvent;

/**
 * An event that passed every check.
 *
 * @param mapped whose it is, and what its score says of it
 * @param observation as the model takes it
 */
record ReadEvent(MappedEvent mapped, Observation observation) {}
