package io.millrace.tests.faults;

import io.millrace.tests.faults.plan.Backlog;
import io.millrace.tests.faults.plan.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A broken build: a source file of the product with one place changed, compiled to stand in front of the product's own class on the
 * application's class path. The audit has to find each.
 */
enum Mutant {
  /** A state is saved with the key's next event: one that was forwarded before a kill has no state behind it. */
  FORWARD_BEFORE_SAVE(
      "state/src/main/java/io/millrace/state/KeyStates.java",
      World.PAUSED,
      Backlog.NONE,
      "    store.put(Bytes.wrap(key), codec.encode(state));",
      """
          byte[] late = unsaved.put(Bytes.wrap(key), codec.encode(state));
          if (late != null) {
            store.put(Bytes.wrap(key), late);
          }
        }

        private final java.util.Map<Bytes, byte[]> unsaved = new java.util.HashMap<>();

        private byte[] newest(byte[] key) {
          byte[] held = unsaved.get(Bytes.wrap(key));
          return held == null ? store.get(Bytes.wrap(key)) : held;
      """,
      "store.get(Bytes.wrap(key));\n    if (row == null)",
      "newest(key);\n    if (row == null)"),
  /** Windows are forgotten as soon as they are learned, before the update that holds them is emitted. */
  PENDING_NOT_KEPT(
      "topology/src/main/java/io/millrace/topology/learn/LearnProcessor.java",
      World.SINGLE,
      Backlog.WINDOWS,
      "    batches++;\n",
      "    batches++;\n    pending.release();\n"),
  /** What a replica has learned since its last update is emitted again, under the same number. */
  UPDATE_TWICE(
      "topology/src/main/java/io/millrace/topology/learn/LearnProcessor.java",
      World.SINGLE,
      Backlog.NONE,
      "    stored.save(update.replica());",
      """
          update.parts().forEach(part -> context.forward(
              new Record<>(key(0), part, Math.max(0, context.currentStreamTimeMs())),
              Names.UPDATES_SINK));
          stored.save(update.replica());
      """),
  /** The merge holds the updates of a round that is open in memory alone. */
  INBOX_NOT_KEPT(
      "topology/src/main/java/io/millrace/topology/merge/Inbox.java",
      World.PARALLEL,
      Backlog.UPDATES,
      "    store.put(key, bytes);\n",
      ""),
  /** The replica and its optimizer's moments are in memory alone. */
  REPLICA_NOT_SAVED(
      "topology/src/main/java/io/millrace/topology/learn/LearnProcessor.java",
      World.SINGLE,
      Backlog.NONE,
      "    stored.save(update.replica());\n",
      "");

  private final String source;
  private final World world;
  private final Backlog backlog;
  private final String[] replacements;

  /**
   * @param source below the project's directory
   * @param world in which it is told from the product
   * @param backlog that it loses, where it shows only if a kill finds one
   * @param replacements pairs: what must be there exactly once, and what takes its place
   */
  Mutant(String source, World world, Backlog backlog, String... replacements) {
    this.source = source;
    this.world = world;
    this.backlog = backlog;
    this.replacements = replacements;
  }

  static Mutant named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  World world() {
    return world;
  }

  Backlog backlog() {
    return backlog;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param sources the project's directory
   * @return a directory for the class path
   */
  Path compile(Path sources, Path dir) {
    Path target = dir.resolve("mutants").resolve(text());
    Path changed = target.resolve(source.substring(source.indexOf("java/") + "java/".length()));
    try {
      Files.createDirectories(changed.getParent());
      Files.writeString(changed, changed(Files.readString(sources.resolve(source))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int exit = compiler.run(
        null,
        null,
        System.err,
        "-proc:none",
        "-d",
        target.toString(),
        "-cp",
        System.getProperty("java.class.path"),
        changed.toString());
    if (exit != 0) {
      throw new IllegalStateException("mutant not compiled: mutant=" + text());
    }
    return target;
  }

  private String changed(String original) {
    String text = original;
    for (int n = 0; n < replacements.length; n += 2) {
      if (Stream.of(text.split(java.util.regex.Pattern.quote(replacements[n]), -1))
              .count()
          != 2) {
        throw new IllegalStateException("mutant out of date: mutant=" + text() + ", source="
            + source + ", place=" + replacements[n] + ". Follow the source.");
      }
      text = text.replace(replacements[n], replacements[n + 1]);
    }
    return text;
  }
}
