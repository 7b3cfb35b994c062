package io.millrace.topology.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static List<Sample> samples(int devices, long seed, int count) {
    Fleet fleet = new Fleet(devices, seed);
    return Stream.generate(fleet::next).limit(count).toList();
  }

  @Test
  void theSameSeedGivesTheSameEventsAndAnotherSeedOthers() {
    List<Sample> samples = samples(20, 7, 10_000);

    assertThat(samples(20, 7, 10_000)).isEqualTo(samples);
    assertThat(samples(20, 8, 10_000)).isNotEqualTo(samples);
  }

  @Test
  void aDevicesTimesOnlyGrowAndEveryDeviceTakesItsTurn() {
    Map<String, Instant> last = new HashMap<>();
    for (Sample sample : samples(20, 1, 4_000)) {
      Instant before = last.put(sample.key(), sample.event().getTime());

      assertThat(before == null || before.isBefore(sample.event().getTime())).isTrue();
    }
    assertThat(last).hasSize(20);
  }

  @Test
  void aDeviceIsHealthyUntilItIsKnown() {
    assertThat(samples(50, 2, 50 * FaultCalendar.FIRST_HEALTHY_STEPS))
        .allMatch(sample -> sample.fault().isEmpty());
  }

  @Test
  void everyKindOfFaultComesAndItsLabelNamesItsDeviceAndCoversItsSamples() {
    List<Sample> faulty = samples(50, 3, 100_000).stream()
        .filter(sample -> sample.fault().isPresent())
        .toList();

    assertThat(faulty)
        .allMatch(sample -> sample.fault().orElseThrow().covers(sample.step()))
        .allMatch(sample -> sample.fault().orElseThrow().key().equals(sample.key()));
    assertThat(faulty.stream()
            .map(sample -> sample.fault().orElseThrow().kind())
            .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(FaultKind.values());
  }

  @Test
  void aStuckSensorRepeatsItsValue() {
    Map<String, Sample> last = new HashMap<>();
    int stuck = 0;
    for (Sample sample : samples(50, 4, 100_000)) {
      Sample before = last.put(sample.key(), sample);
      Optional<Fault> fault = sample.fault().filter(f -> f.kind() == FaultKind.STUCK_SENSOR);
      if (fault.isPresent() && !sample.broken() && !before.broken()) {
        int channel = fault.get().channel().ordinal();
        assertThat(sample.event().getFeatures().get(channel))
            .isEqualTo(before.event().getFeatures().get(channel));
        stuck++;
      }
    }
    assertThat(stuck).isPositive();
  }

  @Test
  void aBrokenSampleIsTheOnlyOneWithoutANumber() {
    List<Sample> samples = samples(50, 5, 50_000);

    assertThat(samples)
        .allMatch(sample ->
            sample.broken() == sample.event().getFeatures().stream().anyMatch(v -> v.isNaN()));
    assertThat(samples).anyMatch(Sample::broken);
  }

  @Test
  void theTruthIsFoundOnceForEachEventAndNeverForAnother() {
    Fleet truth = new Fleet(20, 6);
    List<Sample> samples = samples(20, 6, 2_000);

    assertThat(samples)
        .allSatisfy(sample ->
            assertThat(truth.find(sample.key(), sample.event().getTime())).contains(sample));
    Sample last = samples.get(samples.size() - 1);
    assertThat(truth.find(last.key(), last.event().getTime())).isEmpty();
    assertThat(truth.find("nobody", last.event().getTime())).isEmpty();
    assertThat(truth.find(last.key(), last.event().getTime().plusMillis(1))).isEmpty();
  }
}
