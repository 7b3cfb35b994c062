package io.millrace.topology.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one broker for all of them, as a parameter: each uses topics of its own. Starting one takes longer than most tests. */
public final class SharedBroker implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String servers = context
        .getRoot()
        .getStore(Namespace.create(SharedBroker.class))
        .computeIfAbsent(Running.class)
        .broker
        .bootstrapServers();
    return new TestCluster(servers, context.getRequiredTestMethod().getName());
  }

  /** Closed by JUnit after the last test. */
  static final class Running implements AutoCloseable {
    /** Events of tests are from 1970, and a broker looks half a minute after its start for what is too old. */
    private static final Map<String, String> KEEPS_ALL = Map.of("log.retention.ms", "-1");

    private final Path dir;
    private final EmbeddedBroker broker;

    Running() {
      try {
        dir = Files.createTempDirectory("millrace-broker");
        broker = new EmbeddedBroker(dir, KEEPS_ALL);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
