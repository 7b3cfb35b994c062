package io.millrace.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.serde.registry.FakeRegistry;
import io.millrace.serde.registry.TestRegistry;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryFlowTest extends RegistryFlowContract {
  private final FakeRegistry fake = new FakeRegistry();

  @Override
  TestRegistry registry() {
    return fake;
  }

  @AfterEach
  void closeFake() {
    fake.close();
  }

  @Test
  void wrongCredentialsAreToldBeforeAnyEventAndRightOnesAreNot() {
    fake.credentials = "me:secret";
    Map<String, String> settings = settings();
    settings.put("basic.auth.credentials.source", "USER_INFO");
    settings.put("basic.auth.user.info", "me:guess");

    assertThatThrownBy(() -> new Flow(settings))
        .hasStackTraceContaining("status=401. Check basic.auth.user.info")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("guess"));
    settings.put("basic.auth.user.info", "me:secret");
    try (Flow flow = new Flow(settings)) {
      assertThat(flow.config().toString()).doesNotContain("secret");
    }
  }
}
