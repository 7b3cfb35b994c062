package io.millrace.tests.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.serde.registry.RegistryContract;
import io.millrace.serde.registry.RegistryException;
import io.millrace.serde.registry.RegistrySettings;
import io.millrace.serde.registry.SchemaRegistry;
import io.millrace.serde.registry.TestRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryClientIT extends RegistryContract {
  private static ApicurioRegistry registry;

  @BeforeAll
  static void startRegistry(@TempDir Path dir) {
    registry = new ApicurioRegistry(dir);
  }

  @AfterAll
  static void closeRegistry() {
    registry.close();
  }

  @Override
  protected TestRegistry registry() {
    return registry;
  }

  @Test
  void aSchemaOfOursThatTheRegistryFindsIncompatibleIsRefusedInItsOwnWords() {
    Schema other = new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"com.acme.Strict\", \"fields\": [{\"name\": \"b\", \"type\": \"string\"}]}");
    registry.register("strict-value", other);
    registry.ask(
        "PUT",
        "/config/strict-value",
        JsonNodeFactory.instance.objectNode().put("compatibility", "BACKWARD"));

    assertThatThrownBy(() ->
            client(Duration.ofSeconds(30), true).idOf("strict-value", record("com.acme.Strict")))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith(
            "schema registry failed: request=/subjects/strict-value/versions, status=409, error_code=409, message=")
        .hasMessageContaining("ncompatible")
        .hasMessageEndingWith(". Check schema.registry.url and what the registry allows.");
    assertThat(registry.idOf("strict-value", record("com.acme.Strict"))).isEmpty();
  }

  @Test
  void anAddressBesideTheRegistrysOwnIsToldAndMakesNoIdUnknown() {
    SchemaRegistry astray = new SchemaRegistry(new RegistrySettings(
        List.of(registry.server()),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(9),
        true));

    assertThatThrownBy(() -> astray.byId(1))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith(
            "schema registry failed: request=/schemas/ids/1, status=404, error_code=")
        .hasMessageEndingWith(". Check schema.registry.url and what the registry allows.");
  }
}
