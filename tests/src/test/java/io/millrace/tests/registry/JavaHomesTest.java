package io.millrace.tests.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHomesTest {
  @TempDir
  private Path dir;

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(dir.resolve(name));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  @Test
  void theFirstThatIsNewEnoughIsTaken() throws IOException {
    List<Path> homes =
        List.of(jdk("8", "1.8.0_412"), jdk("17", "17.0.15"), jdk("21", "21"), jdk("25", "25.0.3"));

    assertThat(JavaHomes.atLeast(21, "x", "", homes)).isEqualTo(dir.resolve("21"));
  }

  @Test
  void theOneThatIsNamedIsTakenForAllOthersOrNone() throws IOException {
    Path old = jdk("17", "17.0.15");
    Path young = jdk("25", "25.0.3");

    assertThat(JavaHomes.atLeast(21, "x", young.toString(), List.of())).isEqualTo(young);
    assertThatThrownBy(
            () -> JavaHomes.atLeast(21, "registry.java.home", old.toString(), List.of(young)))
        .hasMessage("JDK rejected: field=registry.java.home, expected=Java 21 or newer, actual=["
            + old
            + " (Java 17)]. Name one by -Dregistry.java.home=DIR, or install it.");
  }

  @Test
  void whatIsNoJdkIsSaidToBeNone() {
    assertThatThrownBy(() -> JavaHomes.atLeast(21, "x", "", List.of(dir)))
        .hasMessageContaining("actual=[" + dir + " (no JDK)]");
  }

  @Test
  void thoseOfTheUserAreFound() throws IOException {
    Path home = jdk(".sdkman/candidates/java/25.0.3-tem", "25.0.3");

    assertThat(JavaHomes.installed(Map.of("JAVA_HOME", "/named"), dir))
        .startsWith(Path.of(System.getProperty("java.home")), Path.of("/named"))
        .endsWith(home);
  }
}
