package io.millrace.tests.faults.site;

import io.millrace.topology.command.Millrace;
import java.io.IOException;
import java.io.OutputStream;

/** The application's command line in a process that ends with its parent, so that no orphan stays when that one is killed. */
public final class ChildMain {
  private ChildMain() {}

  public static void main(String[] args) {
    Thread watch = new Thread(ChildMain::haltWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Millrace.main(args);
  }

  private static void haltWithParent() {
    try {
      System.in.transferTo(
          OutputStream.nullOutputStream()); // nothing comes: this waits for the end
    } catch (IOException e) {
      Runtime.getRuntime().halt(1); // a broken stream is as good as a closed one
    }
    Runtime.getRuntime().halt(0);
  }
}
