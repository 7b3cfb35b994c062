package io.millrace.tests.faults.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of a few pages in memory, mounted in a name space of the process that uses it: no right of root's is needed. */
public final class SmallDisk {
  private static final String MOUNT_AND_RUN =
      "mount -t tmpfs -o size=\"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"";
  private static final int PAGE = 4096;

  private SmallDisk() {}

  /** What to put before a command line. */
  static List<String> wrapper(Path dir, String size) {
    return List.of("unshare", "-Urm", "sh", "-c", MOUNT_AND_RUN, "sh", size, dir.toString());
  }

  /** Whether this machine lets one be made. */
  public static boolean isPossible(Path dir) {
    try {
      Files.createDirectories(dir);
      List<String> command = new java.util.ArrayList<>(wrapper(dir, "64k"));
      command.add("true");
      Process tried = new ProcessBuilder(command).redirectErrorStream(true).start();
      return tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Takes what is left on the disk of a running process. */
  static void fill(long pid, Path dir) {
    Path filler = filler(pid, dir);
    try (var out = Files.newOutputStream(filler)) {
      byte[] page = new byte[PAGE];
      for (int pages = 0; pages < Integer.MAX_VALUE; pages++) {
        out.write(page);
      }
    } catch (IOException full) {
      // that is the aim
    }
  }

  static void free(long pid, Path dir) {
    try {
      Files.deleteIfExists(filler(pid, dir));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path filler(long pid, Path dir) {
    return Path.of("/proc/" + pid + "/root" + dir, "filler");
  }
}
