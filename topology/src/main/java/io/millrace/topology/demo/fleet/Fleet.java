package io.millrace.topology.demo.fleet;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The devices together, without end. Read either in the order of their turns ({@link #next}) or device by device ({@link #find}), not both: two fleets
 * of one seed are the same fleet.
 */
public final class Fleet {
  private final List<Device> turns;
  private final Map<String, Device> byKey;
  private int turn;

  /** @param devices at least 1 */
  public Fleet(int devices, long seed) {
    this.turns = IntStream.range(0, devices)
        .mapToObj(number -> new Device(number, seed))
        .sorted(Comparator.comparing(Device::offset).thenComparing(Device::key))
        .toList();
    this.byKey = turns.stream().collect(Collectors.toMap(Device::key, Function.identity()));
  }

  /** The next event of the fleet; devices take turns in the order of their times. */
  public Sample next() {
    Sample sample = turns.get(turn).next();
    turn = (turn + 1) % turns.size();
    return sample;
  }

  /**
   * The truth about an event that came back.
   *
   * @param time later than that of the device's event asked for before
   * @return empty when the device made no such event, or it was passed already
   */
  public Optional<Sample> find(String key, Instant time) {
    Device device = byKey.get(key);
    if (device == null || time.isBefore(device.nextNominal())) {
      return Optional.empty();
    }
    Sample sample = device.next();
    while (sample.event().getTime().isBefore(time)) {
      sample = device.next();
    }
    return Optional.of(sample).filter(found -> found.event().getTime().equals(time));
  }
}
