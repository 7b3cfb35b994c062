package io.millrace.topology.learn;

import io.millrace.model.learn.sync.Change;
import java.util.List;

/**
 * An update, ready to be emitted.
 *
 * @param parts of its records
 * @param replica the row of the replica that it was cut from
 */
record WrittenUpdate(Change change, List<byte[]> parts, List<byte[]> replica) {}
