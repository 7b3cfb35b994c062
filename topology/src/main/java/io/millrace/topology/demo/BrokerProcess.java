package io.millrace.topology.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/**
 * Main class of the broker's own JVM: formats the directory where that is still to do, then runs Kafka until the parent's end of
 * standard input closes. Kafka is called by name, for the product is compiled without it.
 */
public final class BrokerProcess {
  private BrokerProcess() {}

  /** @param args the properties file */
  public static void main(String[] args) throws ReflectiveOperationException {
    call(
        "kafka.tools.StorageTool",
        "execute",
        new Class<?>[] {String[].class, PrintStream.class},
        new String[] {
          "format",
          "--ignore-formatted",
          "--cluster-id",
          EmbeddedBroker.CLUSTER_ID,
          "--config",
          args[0]
        },
        System.out);
    Thread watch = new Thread(BrokerProcess::exitWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    call("kafka.Kafka", "main", new Class<?>[] {String[].class}, (Object) args);
  }

  private static void call(String type, String method, Class<?>[] parameters, Object... values)
      throws ReflectiveOperationException {
    try {
      Class.forName(type).getMethod(method, parameters).invoke(null, values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("broker not started: class=" + type, e.getCause());
    }
  }

  /** So that no orphan stays when the parent is killed. */
  private static void exitWithParent() {
    try {
      System.in.transferTo(
          OutputStream.nullOutputStream()); // the parent writes nothing: this waits for the end
    } catch (IOException e) {
      Runtime.getRuntime().halt(1); // a broken stream is as good as a closed one
    }
    Runtime.getRuntime().halt(0);
  }
}
