package io.millrace.topology.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.config.EventSettings;
import io.millrace.topology.config.Settings;
import io.millrace.topology.demo.Demo;
import io.millrace.topology.demo.DemoResult;
import io.millrace.topology.demo.DemoSettings;
import io.millrace.topology.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show the whole thing on this machine, with nothing to install.",
      "A real Kafka broker in a process of its own, the application as `run` starts it, and a simulated fleet of devices that measure temperature,",
      "vibration, current and pressure every half hour of simulated time. Each follows its own daily cycle; now and then a fault is injected (spike,",
      "level shift, stuck sensor, noise burst, lost daily cycle), or a dead sensor sends NaN, which makes a dead letter.",
      "",
      "The few most surprising events are printed as they come, with what was injected, if anything was: the scorer never sees that; between them,",
      "version and loss of the weights as they are learned. Lines for people go to stderr. The end of a counted run says how many injected faults are among the highest scores, next to what chance would give, and",
      "writes one line of JSON to stdout. A key's first 100 events are its warm-up (score.warmup), and its first 200 are healthy, so 200 devices have",
      "something to show after some 40,000 events."
    },
    footer = {
      "",
      "Examples:",
      "  ./millrace demo                              until Ctrl-C",
      "  ./millrace demo --events 100000 --exit       50 seconds, then the figures",
      "  ./millrace demo --events 100000 --exit --rate 0 --set model.hidden=32",
      "",
      "p50Ms and p99Ms: milliseconds from an event being due to its score being readable by a read_committed consumer. Events are due at a fixed rate",
      "whatever the system does; with --rate 0 they are due when sent, so the figure is mostly queue. Events due in the first 5 seconds, when the JVM",
      "still compiles, are left out unless there are no others.",
      "freshnessP50Ms and freshnessP99Ms: from the event that cut a window being due to the first readable score by weights that learned from that",
      "window; null where nothing was learned, as with --set learn.enabled=false. loss: nats a step.",
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> OWN = List.of(
      Settings.BOOTSTRAP_SERVERS,
      Settings.MODEL_INPUTS,
      EventSettings.FORMAT,
      EventSettings.REGISTRY_URL);

  private final Interrupt interrupt = new Interrupt();

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many to send (default: until Ctrl-C).")
  private Long events;

  @Option(
      names = "--exit",
      description =
          "End after the last of --events. Without it the broker and the application stay up.")
  private boolean exit;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "200",
      description = "Devices of the fleet (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Events a second; 0: as fast as it goes (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Same seed, same events (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the application; may be repeated. Files and environment are not read.")
  private Map<String, String> sets = new LinkedHashMap<>();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keep the broker's data and the states in this empty directory (default: a temporary one, deleted at the end).")
  private Path dir;

  @Override
  public Integer call() throws IOException {
    checkUsage();
    try (WorkDir work = dir == null ? WorkDir.temporary("millrace-demo") : WorkDir.own(dir)) {
      run(work);
      return ExitCode.OK.code();
    } finally {
      interrupt.over();
    }
  }

  private void checkUsage() {
    if (events != null && events < 1 || keys < 1 || rate < 0) {
      throw usage("--events and --keys must be at least 1, --rate at least 0.");
    }
    if (exit && events == null) {
      throw usage("--exit needs --events: without a number there is no last event.");
    }
    List<String> taken = sets.keySet().stream().filter(OWN::contains).sorted().toList();
    if (!taken.isEmpty()) {
      throw usage("--set cannot name " + taken + ": the demo settles them itself.");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void run(WorkDir work) throws IOException {
    Demo demo = new Demo(settings(work.path()), spec.commandLine().getErr());
    interrupt.stops(demo::stop);
    try {
      demo.run(this::print);
    } catch (RuntimeException e) {
      work.keep();
      throw e;
    }
  }

  private DemoSettings settings(Path work) {
    return new DemoSettings(
        events == null ? OptionalLong.empty() : OptionalLong.of(events),
        events != null && !exit,
        keys,
        rate,
        seed,
        work,
        sets);
  }

  private void print(DemoResult result) {
    try {
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(result));
      spec.commandLine().getOut().flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("result not written: " + e.getMessage(), e);
    }
  }
}
