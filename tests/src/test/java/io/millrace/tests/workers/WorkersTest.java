package io.millrace.tests.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {
  private static final int EVENTS = 40_000;

  /** What another seed of the weights makes of the same events is as far off. */
  private static final Offset<Double> NOISE = Offset.offset(0.03);

  @TempDir
  private File dir;

  @Test
  void fourWorkersReachTheLossOfOne() {
    FleetRun frozen = FleetRun.of(1, Map.of("learn.enabled", "false"), EVENTS, dir);
    FleetRun one = FleetRun.of(1, Map.of(), EVENTS, dir);
    FleetRun four = FleetRun.of(4, Map.of(), EVENTS, dir);

    assertThat(four.stepsLearned()).isEqualTo(one.stepsLearned());
    assertThat(four.lastTenth()).isCloseTo(one.lastTenth(), NOISE);
    assertThat(four.lastTenth()).isLessThan(frozen.lastTenth() - 4 * NOISE.value);
  }

  @Test
  void theSameEventsComeToTheSameLossEveryTime() {
    assertThat(FleetRun.of(4, Map.of(), EVENTS / 4, dir))
        .isEqualTo(FleetRun.of(4, Map.of(), EVENTS / 4, dir));
  }
}
