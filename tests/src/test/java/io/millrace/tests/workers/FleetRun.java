package io.millrace.tests.workers;

import io.millrace.schemas.Score;
import io.millrace.topology.demo.fleet.Channel;
import io.millrace.topology.demo.fleet.Fleet;
import io.millrace.topology.demo.fleet.Sample;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the demo's fleet comes to in a {@link VirtualCluster}.
 *
 * @param firstTenth mean surprise of the first tenth of the events: nats
 * @param lastTenth of the last tenth
 * @param version of the weights at the end
 * @param stepsLearned in them
 */
record FleetRun(double firstTenth, double lastTenth, long version, long stepsLearned) {
  private static final int DEVICES = 200;
  private static final long SEED = 1;
  private static final int EVENTS_PER_SECOND = 2000;
  private static final Duration BURST = Duration.ofMillis(20);

  static FleetRun of(int partitions, Map<String, String> settings, int events, File dir) {
    Map<String, String> sets = new HashMap<>(settings);
    sets.put("model.inputs", String.valueOf(Channel.values().length));
    int inBurst = (int) (EVENTS_PER_SECOND * BURST.toMillis() / 1000);
    double first = 0;
    double last = 0;
    Fleet fleet = new Fleet(DEVICES, SEED);
    try (VirtualCluster cluster = new VirtualCluster(partitions, sets, dir)) {
      for (int n = 0; n < events; n++) {
        Sample sample = fleet.next();
        Optional<Score> score =
            cluster.score(sample.key().getBytes(StandardCharsets.UTF_8), sample.event());
        double surprise = score.map(Score::getSurprise).orElse(0.0);
        first += n < events / 10 ? surprise : 0;
        last += n >= events - events / 10 ? surprise : 0;
        if (n % inBurst == inBurst - 1) {
          cluster.pass(BURST);
        }
      }
      cluster.settle(Duration.ofSeconds(10));
      return new FleetRun(
          first / (events / 10),
          last / (events / 10),
          cluster.weights().version(),
          cluster.weights().stepsLearned());
    }
  }
}
