package io.millrace.topology.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.topology.config.ConfigErrors;
import io.millrace.topology.demo.fleet.Fleet;
import io.millrace.topology.demo.fleet.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoTest {
  /** Its fleet has broken sensors among the first events. */
  private static final long SEED = 2;

  /** Slow enough for new weights to meet events that were not scored yet. */
  private static final int RATE = 1500;

  @TempDir
  private Path dir;

  private final StringWriter err = new StringWriter();

  private Demo demo(OptionalLong events, Map<String, String> sets) {
    return new Demo(
        new DemoSettings(events, false, 10, RATE, SEED, dir, sets), new PrintWriter(err));
  }

  @Test
  void everyEventOfTheFleetGetsItsScoreOrItsDeadLetter() throws IOException {
    List<DemoResult> results = new ArrayList<>();

    demo(OptionalLong.of(5_000), Map.of("model.hidden", "8")).run(results::add);

    assertThat(results).hasSize(1);
    DemoResult result = results.get(0);
    assertThat(result.events()).isEqualTo(5_000);
    assertThat(result.scores() + result.deadLetters()).isEqualTo(5_000);
    assertThat(result.deadLetters()).isEqualTo(brokenSamples(5_000)).isPositive();
    assertThat(result.keys()).isEqualTo(10);
    assertThat(result.p99Ms()).isGreaterThanOrEqualTo(result.p50Ms());
    assertThat(result.weightsVersion()).isPositive();
    assertThat(result.stepsLearned()).isPositive().isLessThan(5_000);
    assertThat(result.loss()).isFinite();
    assertThat(result.freshnessP99Ms()).isGreaterThanOrEqualTo(result.freshnessP50Ms());
    assertThat(err.toString()).contains("scored 5000 of 5000 events", "Of 3");
  }

  private static long brokenSamples(int events) {
    Fleet fleet = new Fleet(10, SEED);
    return Stream.generate(fleet::next).limit(events).filter(Sample::broken).count();
  }

  @Test
  void aDemoStoppedBeforeItsFirstEventHasNothingToTell() throws IOException {
    List<DemoResult> results = new ArrayList<>();
    Demo demo = demo(OptionalLong.empty(), Map.of("model.hidden", "8"));

    demo.stop();
    demo.run(results::add);

    assertThat(results).isEmpty();
  }

  @Test
  void aWrongSettingIsToldBeforeAnythingStarts() {
    assertThatThrownBy(() -> demo(OptionalLong.empty(), Map.of("model.hidden", "many")))
        .isInstanceOf(ConfigErrors.class);
    assertThat(dir).isEmptyDirectory();
  }
}
