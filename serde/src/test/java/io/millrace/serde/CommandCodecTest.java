package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Action;
import io.millrace.schemas.Command;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandCodecTest {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final int ACTION_AT = 10;

  private final CommandCodec codec = new CommandCodec();

  private static Command command(Action action) {
    return new Command(
        action,
        action == Action.ROLLBACK ? 7L : null,
        action == Action.SET ? "window.idle" : null,
        action == Action.SET ? "" : null,
        TIME);
  }

  @ParameterizedTest
  @EnumSource
  void everyActionComesBackAsItWent(Action action) {
    assertThat(codec.decode(codec.encode(command(action)))).isEqualTo(command(action));
  }

  @Test
  void anActionThatThereIsNotIsNoCommand() {
    byte[] bytes = codec.encode(command(Action.PAUSE));
    bytes[ACTION_AT] = (byte) (2 * Action.values().length);

    assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(UndecodableException.class);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
      PAUSE    | 7    | null | null | field=version, expected=none for PAUSE, actual=7
      ROLLBACK | null | null | null | field=version, expected=at least 0, actual=null
      ROLLBACK | -1   | null | null | field=version, expected=at least 0, actual=-1
      RESUME   | null | a    | null | field=setting, expected=none for RESUME, actual=one
      RESUME   | null | null | b    | field=value, expected=none for RESUME, actual=one
      SET      | null | null | b    | field=setting, expected=one for SET, actual=null
      SET      | null | ''   | b    | field=setting, expected=1 to 1024 characters, actual=0
      SET      | null | a    | null | field=value, expected=one for SET, actual=null
      """)
  void whatItsActionDoesNotTakeIsRefusedByName(
      Action action, Long version, String setting, String value, String facts) {
    byte[] bytes = codec.encode(new Command(action, version, setting, value, TIME));

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(UnusableCommandException.class)
        .hasMessage("command rejected: " + facts + ". It is not carried out.");
  }

  @Test
  void nothingAndAbsurdFiguresAreRefused() {
    assertThatThrownBy(() -> codec.decode(null))
        .hasMessage("command rejected: field=value, expected=a command, actual=null."
            + " It is not carried out.");
    assertThatThrownBy(() -> codec.decode(codec.encode(
            new Command(Action.PAUSE, null, null, null, Instant.ofEpochMilli(Long.MIN_VALUE)))))
        .hasMessageContaining("field=time, expected=at least 0, actual=-9223372036854775808");
    assertThatThrownBy(() ->
            codec.decode(codec.encode(new Command(Action.SET, null, "a", "b".repeat(1_025), TIME))))
        .hasMessageContaining("field=value, expected=0 to 1024 characters, actual=1025");
  }
}
