package io.millrace.tests;

import io.millrace.serde.registry.TestRegistry;
import io.millrace.tests.registry.ApicurioRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RegistryFlowIT extends RegistryFlowContract {
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
  TestRegistry registry() {
    return registry;
  }
}
