package io.millrace.topology.demo;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What to show.
 *
 * @param events how many; empty: until stopped
 * @param stay stay up after the last event, until stopped
 * @param keys devices of the fleet
 * @param rate events a second, 0: as fast as it goes
 * @param dir where the broker's data and the states go; an empty directory
 * @param settings of the application, above the demo's own
 */
public record DemoSettings(
    OptionalLong events,
    boolean stay,
    int keys,
    int rate,
    long seed,
    Path dir,
    Map<String, String> settings) {
  public DemoSettings {
    settings = Map.copyOf(settings);
  }
}
