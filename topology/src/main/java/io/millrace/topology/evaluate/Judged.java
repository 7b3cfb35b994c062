package io.millrace.topology.evaluate;

import io.millrace.schemas.Score;

/**
 * What became of a row that is an event.
 *
 * @param stranger the first of its categories had no id when it was scored, so it was scored as the unknown
 */
record Judged(Score score, boolean stranger) {}
