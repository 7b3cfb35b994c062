package io.millrace.tests.registry;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;

/** Where JDKs stand, and how new they are: each says so in its file {@code release}. */
final class JavaHomes {
  private JavaHomes() {}

  /** The running one, JAVA_HOME, and all below the places where systems and their users keep them, in that order. */
  static List<Path> installed(Map<String, String> environment, Path userHome) {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    if (environment.containsKey("JAVA_HOME")) {
      homes.add(Path.of(environment.get("JAVA_HOME")));
    }
    Stream.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            userHome.resolve(".sdkman/candidates/java"),
            userHome.resolve(".jdks"))
        .filter(Files::isDirectory)
        .forEach(place -> homes.addAll(below(place)));
    return homes;
  }

  private static List<Path> below(Path place) {
    try (Stream<Path> entries = Files.list(place)) {
      return entries
          .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
          .filter(home -> Files.isRegularFile(home.resolve("release")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first that is new enough.
   *
   * @param property names one that is taken for all the others, where it is not blank
   * @throws IllegalStateException when there is none
   */
  static Path atLeast(int feature, String property, String named, List<Path> installed) {
    List<Path> candidates = named.isBlank() ? installed : List.of(Path.of(named.trim()));
    return candidates.stream()
        .filter(home -> feature(home).orElse(0) >= feature)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "JDK rejected: field=" + property + ", expected=Java " + feature + " or newer, actual="
                + candidates.stream().map(JavaHomes::text).toList()
                + ". Name one by -D" + property + "=DIR, or install it."));
  }

  private static String text(Path home) {
    OptionalInt feature = feature(home);
    return home + " (" + (feature.isPresent() ? "Java " + feature.getAsInt() : "no JDK") + ")";
  }

  private static OptionalInt feature(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return OptionalInt.of(Runtime.Version.parse(version).feature());
    } catch (IOException | IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }
}
