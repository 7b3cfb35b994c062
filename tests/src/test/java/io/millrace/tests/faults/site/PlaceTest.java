package io.millrace.tests.faults.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.faults.plan.World;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaceTest {
  @ParameterizedTest
  @EnumSource
  void windowsHaveThePartitionsOfTheirWorldWhereNothingElseIsAskedFor(World world) {
    Place place = new Place("p", world, "localhost:9092");

    assertThat(place.partitions()).containsEntry("p-windows", world.partitions());
  }

  @ParameterizedTest
  @EnumSource
  void windowsHaveAsManyPartitionsAsThereAreToBeWorkers(World world) {
    Place place = new Place("p", world, "localhost:9092", Map.of("learn.partitions", "8"));

    assertThat(place.partitions())
        .containsEntry("p-windows", 8)
        .containsEntry("p-events", world.partitions());
  }
}
