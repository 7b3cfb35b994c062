package io.millrace.topology.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for one run: the user's own, which stays, or a temporary one, which goes unless there is something in it to look into. */
final class WorkDir implements AutoCloseable {
  private final Path path;
  private boolean kept;

  private WorkDir(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  /** @param name what the directory's name begins with */
  static WorkDir temporary(String name) throws IOException {
    return new WorkDir(Files.createTempDirectory(name), false);
  }

  /**
   * @param path made where it does not exist
   * @throws IllegalArgumentException when it holds something
   */
  static WorkDir own(Path path) throws IOException {
    Files.createDirectories(path);
    try (Stream<Path> content = Files.list(path)) {
      if (content.findAny().isPresent()) {
        throw new IllegalArgumentException("directory rejected: dir=" + path
            + ", empty=false. Name another one; a run starts anew.");
      }
    }
    return new WorkDir(path, true);
  }

  Path path() {
    return path;
  }

  /** Leaves a temporary one in place as well. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (kept) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(WorkDir::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
