/**
 * From the {@code weights} topic to every scorer and learner of this instance: parts enter, whole versions are posted on the
 * {@link io.millrace.topology.weights.WeightsBoard}. Nothing is decoded on the path of an event.
 */
package io.millrace.topology.weights;
