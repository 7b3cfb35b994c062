package io.millrace.benchmarks.stream.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.stream.application.Variant;
import org.junit.jupiter.api.Test;

class ThroughputReportTest {
  private static Run run(Variant variant) {
    return new Run(10_000, Setting.EXACTLY_ONCE, 1, variant);
  }

  @Test
  void aRunIsHeldAgainstTheTopologyWithoutTheNetwork() {
    ThroughputReport report = new ThroughputReport();
    report.add(run(Variant.CEILING), new Outcome(100_000, 9, 0));
    report.add(run(Variant.LEARN), new Outcome(60_000, 15, 0));
    report.add(run(Variant.LEARN), new Outcome(80_000, 13, 40));
    report.add(run(Variant.LEARN), new Outcome(75_000, 12, 20));

    JsonNode learning = report.json().get(1);

    assertThat(learning.get("learning").asBoolean()).isTrue();
    assertThat(learning.get("eventsPerSecond").asLong()).isEqualTo(75_000);
    assertThat(learning.get("ofCeiling").asDouble()).isEqualTo(0.75);
    assertThat(learning.get("windowsBehind").asLong()).isEqualTo(20);
  }

  @Test
  void everyVariantHasTheNameOfItsKind() {
    assertThat(Variant.PASS_THROUGH.label()).isEqualTo("passThrough");
    assertThat(Variant.DL4J.label()).isEqualTo("dl4j");
  }
}
