package io.millrace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.config.MillraceConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagesTest {
  private static MillraceConfig config(String stages) {
    Map<String, String> sets = new HashMap<>(Map.of("model.inputs", "2", "stages", stages));
    return MillraceConfig.load(Optional.empty(), Map.of(), sets);
  }

  private static Set<String> stores(MillraceConfig config) {
    TopologyDescription description = MillraceTopology.build(
            config, new ScalarKernel(), new SimpleMeterRegistry())
        .describe();
    return description.subtopologies().stream()
        .flatMap(StagesTest::stores)
        .collect(Collectors.toSet());
  }

  private static Stream<String> stores(Subtopology stage) {
    return stage.nodes().stream()
        .filter(TopologyDescription.Processor.class::isInstance)
        .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          all         | millrace             | key-states open-windows pending-windows replica pending-updates merged
          score       | millrace-score       | key-states open-windows
          learn       | millrace-learn       | pending-windows replica
          merge       | millrace-merge       | pending-updates merged
          learn,merge | millrace-learn-merge | pending-windows replica pending-updates merged
          """)
  void eachStageRunsAsAnApplicationOfItsOwn(String stages, String applicationId, String stores) {
    MillraceConfig config = config(stages);

    assertThat(config.streamsProperties()).containsEntry("application.id", applicationId);
    assertThat(stores(config)).containsExactlyInAnyOrder(stores.split(" "));
  }
}
