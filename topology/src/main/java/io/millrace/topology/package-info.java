/**
 * The flow itself: {@link io.millrace.topology.MillraceTopology} joins the stages by topics. From here the path of an event
 * leads to {@code score}; {@code config}, {@code run} and {@code command} are what surrounds it.
 */
package io.millrace.topology;
