package io.millrace.benchmarks.stream.harness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A directory for the states and logs of one run, deleted in the end. A run that was killed leaves gigabytes in its own; the next one
 * deletes them. A lock on a file in it, which goes with the process, tells a run that is alive.
 */
public final class WorkDirectory implements AutoCloseable {
  private static final String PREFIX = "run";
  private static final String LOCK = "lock";
  private static final long MIB = 1 << 20;

  private final Path path;
  private final FileChannel alive;

  private WorkDirectory(Path path) throws IOException {
    this.path = path;
    this.alive = open(path);
    alive.lock();
  }

  /**
   * Makes one, and deletes those that dead runs left beside it.
   *
   * @param parent of them all; made where it does not exist
   * @param say told of each that was left
   */
  public static WorkDirectory in(Path parent, Consumer<String> say) throws IOException {
    Files.createDirectories(parent);
    // One run at a time: another's new directory has no lock yet.
    try (FileChannel gate = open(parent)) {
      gate.lock();
      deleteDead(parent, say);
      return new WorkDirectory(Files.createTempDirectory(parent, PREFIX));
    }
  }

  private static FileChannel open(Path dir) throws IOException {
    return FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void deleteDead(Path parent, Consumer<String> say) throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path run : runs) {
        if (Files.isDirectory(run) && !isAlive(run)) {
          say.accept(delete(run));
        }
      }
    }
  }

  private static boolean isAlive(Path run) throws IOException {
    try (FileChannel channel = open(run)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** A killed run's application needs some seconds to end, and may write meanwhile. */
  private static String delete(Path run) {
    try {
      long bytes = Directories.bytes(run);
      Directories.delete(run);
      return "left by a run that was killed: dir=" + run + ", deleted=" + bytes / MIB + " MiB";
    } catch (IOException e) {
      return "left by a run that was killed: dir=" + run + ", not deleted=" + e
          + ". The next run tries again.";
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Directories.delete(path);
    alive.close();
  }
}
