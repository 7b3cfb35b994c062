package io.millrace.tests.fuzz;

import io.millrace.serde.registry.FakeRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Everything that reads bytes from outside, over what it needs while it is tried. */
final class Decoders implements AutoCloseable {
  private final FakeRegistry registry = new FakeRegistry();
  private final List<FuzzTarget> targets;

  /** @param scratch a directory for files to be read */
  Decoders(Path scratch) throws IOException {
    targets = Stream.of(
            EventTargets.all(registry),
            TopicTargets.all(),
            RowTargets.all(),
            TextTargets.all(scratch))
        .flatMap(List::stream)
        .toList();
  }

  List<FuzzTarget> targets() {
    return targets;
  }

  @Override
  public void close() {
    registry.close();
  }
}
