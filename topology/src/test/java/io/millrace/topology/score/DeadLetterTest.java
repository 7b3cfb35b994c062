package io.millrace.topology.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.serde.mapping.Reason;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static String message(String error) {
    byte[] value = DeadLetter.headers(
            new RecordHeaders(),
            Reason.UNEXPECTED,
            "events-0@1",
            0,
            new IllegalStateException(error))
        .lastHeader(DeadLetter.MESSAGE)
        .value();
    return new String(value, StandardCharsets.UTF_8);
  }

  @Test
  void anErrorAsLongAsASchemaDoesNotMakeTheLetterTooLargeForItsTopic() {
    assertThat(message("x".repeat(1_000))).isEqualTo("x".repeat(1_000));
    assertThat(message("x".repeat(2_000_000))).isEqualTo("x".repeat(1_000) + "..");
  }
}
