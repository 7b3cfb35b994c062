package io.millrace.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final String OURS = "\"kernel\": \"simd\", \"size\": \"F16-H64-L1\"";

  private static JsonNode results(String... results) throws JsonProcessingException {
    return new ObjectMapper().readTree("[" + String.join(",", results) + "]");
  }

  private static String result(String benchmark, String params, String nanos, int bytes) {
    return """
        {"benchmark": "io.millrace.benchmarks.%s", "params": {%s},
         "primaryMetric": {"rawData": [[%s]]},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[%d]]}}}
        """.formatted(benchmark, params, nanos, bytes);
  }

  @Test
  void aRatioIsAPeersMedianOverOurs() throws JsonProcessingException {
    Samples samples = new Samples(Suite.KERNEL);
    samples.add(results(
        result("KernelBenchmark.step", OURS, "2, 9, 1", 8),
        result("KernelBenchmark.step", OURS.replace("simd", "simdBf16"), "1.5", 0),
        result("KernelBenchmark.stepAndHead", OURS, "4", 16)));
    samples.add(results(
        result("libtorch.LibtorchKernelBenchmark.step", "\"size\": \"F16-H64-L1\"", "50, 70", 0)));

    JsonNode json = new ObjectMapper()
        .readTree(
            new Report(Suite.KERNEL, samples, List.of("F16-H64-L1")).json(17, "2 x processor"));

    assertThat(json.at("/benchmark").asText()).isEqualTo("kernel");
    assertThat(json.at("/ratios/F16-H64-L1/libtorch").asDouble()).isEqualTo(30);
    assertThat(json.at("/ratiosOfFastest/F16-H64-L1/libtorch").asDouble()).isEqualTo(50);
    assertThat(json.at("/ratiosToBf16/F16-H64-L1/libtorch").asDouble()).isEqualTo(40);
    assertThat(json.at("/ratiosToBf16/F16-H64-L1-head").isMissingNode()).isTrue();
    assertThat(json.at("/nanos/F16-H64-L1/simd").asLong()).isEqualTo(2);
    assertThat(json.at("/fastestNanos/F16-H64-L1/simd").asLong()).isEqualTo(1);
    assertThat(json.at("/nanos/F16-H64-L1-head/simd").asLong()).isEqualTo(4);
    assertThat(json.at("/allocatedBytesPerStep").asLong()).isEqualTo(8);
  }

  @Test
  void roundsAreTakenTogether() throws JsonProcessingException {
    Samples samples = new Samples(Suite.TRAINING);
    for (String nanos : new String[] {"10", "30", "20"}) {
      samples.add(results(result(
          "TrainingBenchmark.batch",
          "\"kernel\": \"simd\", \"size\": \"B64-T32-F16-H128-L1\"",
          nanos,
          0)));
    }

    assertThat(samples.figures()).containsExactly(new Figure("B64-T32-F16-H128-L1", "simd"));
    assertThat(samples.nanos(new Figure("B64-T32-F16-H128-L1", "simd")).median())
        .isEqualTo(20);
  }

  @Test
  void anUnknownBenchmarkIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> Suite.of("inference"))
        .hasMessage(
            "benchmark rejected: field=name, actual=inference. Choose kernel, head, score, training.");
  }

  @Test
  void eachWayToCallAPeerIsASideOfItsOwn() throws JsonProcessingException {
    String size = "\"size\": \"F16-H64-L1\"";
    Samples samples = new Samples(Suite.KERNEL);
    samples.add(results(
        result("KernelBenchmark.step", OURS, "2", 0),
        result("onnxruntime.OnnxruntimeKernelBenchmark.step", size, "12", 0),
        result("onnxruntime.OnnxruntimeCallKernelBenchmark.step", size, "26", 0)));
    Report report = new Report(Suite.KERNEL, samples, List.of("F16-H64-L1"));

    JsonNode json = new ObjectMapper().readTree(report.json(17, "2 x processor"));

    assertThat(json.at("/ratios/F16-H64-L1/onnxruntime").asDouble()).isEqualTo(6);
    assertThat(json.at("/ratios/F16-H64-L1/onnxruntimeCall").asDouble()).isEqualTo(13);
    assertThat(report.table()).contains("onnxruntime ", "onnxruntimeCall ");
  }
}
