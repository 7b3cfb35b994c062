package io.millrace.topology.demo;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one secured broker for all of them, as a parameter: each has a user and topics of its own. */
public final class SharedSecuredBroker implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SecuredCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SecuredBroker broker = context
        .getRoot()
        .getStore(Namespace.create(SharedSecuredBroker.class))
        .computeIfAbsent(Running.class)
        .broker;
    return new SecuredCluster(broker, context.getRequiredTestMethod().getName());
  }

  /** Closed by JUnit after the last test. */
  static final class Running implements AutoCloseable {
    private final SecuredBroker broker;

    Running() throws IOException, InterruptedException {
      broker = new SecuredBroker();
    }

    @Override
    public void close() throws IOException {
      broker.close();
    }
  }
}
