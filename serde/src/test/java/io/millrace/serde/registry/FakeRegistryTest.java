package io.millrace.serde.registry;

import org.junit.jupiter.api.AfterEach;

class FakeRegistryTest extends RegistryContract {
  private final FakeRegistry fake = new FakeRegistry();

  @Override
  protected TestRegistry registry() {
    return fake;
  }

  @AfterEach
  void closeFake() {
    fake.close();
  }
}
