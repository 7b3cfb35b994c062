package io.millrace.tests.faults.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What disks do to bytes. */
public final class Damage {
  private static final int LONGEST_NOISE = 300;

  private Damage() {}

  /** A row that is one no more: a bit turned, its end missing, or noise. */
  public static byte[] row(byte[] row, Random dice) {
    return switch (dice.nextInt(3)) {
      case 0 -> {
        byte[] turned = row.clone();
        turned[dice.nextInt(turned.length)] ^= (byte) (1 << dice.nextInt(Byte.SIZE));
        yield turned;
      }
      case 1 -> Arrays.copyOf(row, dice.nextInt(row.length));
      default -> noise(1 + dice.nextInt(LONGEST_NOISE), dice);
    };
  }

  private static byte[] noise(int length, Random dice) {
    byte[] noise = new byte[length];
    dice.nextBytes(noise);
    return noise;
  }

  /** Writes noise over a part of some of the stores' files, of every kind that RocksDB has. */
  public static void files(Path state, Random dice) {
    List<Path> files;
    try (Stream<Path> all = Files.walk(state)) {
      files = all.filter(Damage::isOfRocksDb).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.isEmpty()) {
      throw new IllegalStateException("no files to damage: dir=" + state);
    }
    for (int n = 0; n < 1 + files.size() / 4; n++) {
      overwrite(files.get(dice.nextInt(files.size())), dice);
    }
  }

  private static boolean isOfRocksDb(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".sst") || name.startsWith("MANIFEST") || name.equals("CURRENT");
  }

  private static void overwrite(Path file, Random dice) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int from = dice.nextInt(Math.max(1, bytes.length));
      int length = Math.min(bytes.length - from, 1 + dice.nextInt(LONGEST_NOISE));
      System.arraycopy(noise(length, dice), 0, bytes, from, length);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory's content. */
  public static void delete(Path dir) {
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(dir)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
