package io.millrace.tests.registry;

import java.io.IOException;
import java.io.OutputStream;

/** Main class of the registry's own JVM: runs Apicurio Registry, found on its class path, until the parent's end of standard input closes. */
final class RegistryProcess {
  private static final String REGISTRY = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

  private RegistryProcess() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(RegistryProcess::exitWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(REGISTRY).getMethod("main", String[].class).invoke(null, (Object) args);
  }

  /** So that no orphan stays when the parent is killed; in good order, for the database writes behind. */
  private static void exitWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.exit(1); // a broken stream is as good as a closed one
    }
    System.exit(0);
  }
}
