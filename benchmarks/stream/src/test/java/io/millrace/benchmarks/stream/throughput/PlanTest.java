package io.millrace.benchmarks.stream.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.stream.application.Variant;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Pattern EVERYTHING = Pattern.compile(".*");

  @Test
  void aQuickRunIsOverInLessThanFiveMinutesAndAFullOneInAnHour() {
    assertThat(Plan.QUICK.expected()).isLessThan(Duration.ofSeconds(280));
    assertThat(Plan.FULL.expected()).isLessThan(Duration.ofMinutes(50));
  }

  @Test
  void whatHasMoreToCompileWarmsUpLonger() {
    assertThat(Plan.QUICK.drain(Variant.LEARN).warmup())
        .isGreaterThan(Plan.QUICK.drain(Variant.ONNXRUNTIME).warmup());
  }

  @Test
  void aNarrowedPlanKeepsTheCeilingThatItsVariantsAreHeldAgainst() {
    Plan narrowed =
        Plan.FULL.narrowedTo(EnumSet.of(Variant.LEARN), Pattern.compile("10000/exactly.*/1"));

    assertThat(narrowed.settings())
        .containsExactly(new Setting(
            Plan.FEW, Setting.EXACTLY_ONCE, 1, List.of(Variant.CEILING, Variant.LEARN), 2));
    assertThat(narrowed.expected()).isLessThan(Plan.FULL.expected());
  }

  @Test
  void everyVariantIsMeasuredAtLeastOnce() {
    Set<Variant> all = EnumSet.allOf(Variant.class);

    assertThat(Plan.QUICK.narrowedTo(all, EVERYTHING)).isEqualTo(Plan.QUICK);
    assertThat(Plan.FULL.settings()).flatExtracting(Setting::variants).containsAll(all);
  }
}
