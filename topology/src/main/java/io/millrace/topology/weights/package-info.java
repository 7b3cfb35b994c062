/**
 * From the {@code weights} topic to every scorer and learner of this instance: parts enter, whole versions are posted on the
 * {@link io.millrace.topology.weights.WeightsBoard}, and what texts have ids on the
 * {@link io.millrace.topology.weights.VocabularyBoard}. Nothing is decoded on the path of an event.
 */
package io.millrace.topology.weights;
