package io.millrace.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.config.MillraceConfig;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule SCHEMAS_STAND_ALONE =
      knowsNoneOf("schemas", "model", "serde", "state", "topology");

  @ArchTest
  static final ArchRule THE_MODEL_STANDS_ALONE =
      knowsNoneOf("model", "schemas", "serde", "state", "topology");

  @ArchTest
  static final ArchRule SERDE_IS_BELOW_STATE = knowsNoneOf("serde", "state", "topology");

  @ArchTest
  static final ArchRule STATE_SEES_SCHEMAS_THROUGH_SERDE_ALONE =
      knowsNoneOf("state", "schemas", "topology");

  private static ArchRule knowsNoneOf(String module, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(packagesOf(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(others).map(ArchitectureTest::packagesOf).toArray(String[]::new));
  }

  private static String packagesOf(String module) {
    return "io.millrace." + module + "..";
  }

  @ArchTest
  static final ArchRule THE_MODEL_KNOWS_NO_KAFKA_NO_CLOCK_NO_LOGGING = noClasses()
      .that()
      .resideInAPackage("io.millrace.model..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.apache.kafka..", "org.slf4j..", "java.time..", "java.util.logging..")
      .orShould()
      .callMethod(System.class, "currentTimeMillis")
      .orShould()
      .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule ND4J_STAYS_BEHIND_ITS_KERNEL = noClasses()
      .that()
      .resideOutsideOfPackage("io.millrace.model.kernel.nd4j..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @Test
  void everyNameInTheTopologyIsExplicit() {
    MillraceConfig config =
        MillraceConfig.load(Optional.empty(), Map.of(), Map.of("model.inputs", "2"));
    String description = MillraceTopology.build(
            config, new ScalarKernel(), new SimpleMeterRegistry())
        .describe()
        .toString();

    assertThat(description)
        .contains("key-states")
        .doesNotContainPattern(Pattern.compile("[A-Z-]+-\\d{10}"));
  }
}
