/**
 * A simulated fleet of devices with known faults: the same seed gives the same events, and every event carries the truth about itself
 * beside it. No Kafka, no clock: time is simulated.
 */
package io.millrace.topology.demo.fleet;
