package io.millrace.topology.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.csv.CsvRow;
import io.millrace.topology.csv.RowSource;
import io.millrace.topology.csv.RowsInTurn;
import io.millrace.topology.demo.SharedBroker;
import io.millrace.topology.demo.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(SharedBroker.class)
class ReplayTest {
  private static final Columns COLUMNS =
      new Columns("t", TimeUnit.MILLISECONDS, List.of("v"), Optional.empty(), Optional.empty());
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);

  @TempDir
  private Path dir;

  private final List<CsvRow> notEvents = new ArrayList<>();

  @BeforeEach
  void threeThousandRows() throws IOException {
    Files.writeString(dir.resolve("a.csv"), csv(1000));
    Files.writeString(dir.resolve("b.csv"), csv(2000));
  }

  private static String csv(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(n -> n + "," + n * 0.5)
        .collect(Collectors.joining("\n", "t,v\n", "\n"));
  }

  private ReplaySummary replay(TestCluster cluster, boolean restart, Pace pace, LongConsumer onRow)
      throws IOException {
    Replay.Listener listener = new Replay.Listener() {
      @Override
      public void progress(long rows) {
        onRow.accept(rows);
      }

      @Override
      public void notAnEvent(CsvRow row) {
        notEvents.add(row);
      }
    };
    try (RowSource rows = new RowsInTurn(new CsvFiles(dir), COLUMNS)) {
      return new Replay(
              cluster.config(Map.of("model.inputs", "1")), "test", restart, pace, listener)
          .run(rows);
    }
  }

  private ReplaySummary replay(TestCluster cluster) throws IOException {
    return replay(cluster, false, Pace.fullSpeed(), rows -> {});
  }

  private static List<String> keysAndTimes(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8) + "@"
            + EVENTS.decode(record.value()).getTime().toEpochMilli())
        .toList();
  }

  @Test
  void aBrokenReplayGoesOnWithTheFirstRowThatWasNotCommitted(TestCluster cluster)
      throws IOException {
    cluster.createTopics(1);
    Pace pauseInTheMiddle = (row, sent) -> sent == 1500 ? TimeUnit.MILLISECONDS.toNanos(600) : 0;

    assertThatThrownBy(() -> replay(cluster, false, pauseInTheMiddle, rows -> {
          if (rows == 1600) {
            throw new IllegalStateException("broken off");
          }
        }))
        .hasMessage("broken off");
    int committed = cluster.count("events");
    ReplaySummary summary = replay(cluster);

    assertThat(committed).isBetween(1, 1600);
    assertThat(summary.rows()).isEqualTo(3000);
    assertThat(summary.skipped()).isEqualTo(committed);
    assertThat(summary.sent()).isEqualTo(3000 - committed);
    List<String> sent = keysAndTimes(cluster.read("events", 3000));
    assertThat(sent).hasSize(3000).doesNotHaveDuplicates();
    assertThat(sent).startsWith("a.csv@0", "a.csv@1").endsWith("b.csv@1999");
    assertThat(cluster.count("events")).isEqualTo(3000);
  }

  @Test
  void aFinishedReplaySendsNothingAgainUnlessItIsTold(TestCluster cluster) throws IOException {
    cluster.createTopics(1);
    replay(cluster);

    ReplaySummary again = replay(cluster);
    ReplaySummary restarted = replay(cluster, true, Pace.fullSpeed(), rows -> {});

    assertThat(again.sent()).isZero();
    assertThat(again.skipped()).isEqualTo(3000);
    assertThat(restarted.sent()).isEqualTo(3000);
    assertThat(restarted.skipped()).isZero();
    assertThat(cluster.count("events")).isEqualTo(6000);
  }

  @Test
  void rowsThatWereAddedAreSentAndAChangedBeginningIsRefused(TestCluster cluster)
      throws IOException {
    cluster.createTopics(1);
    replay(cluster);
    Files.writeString(dir.resolve("b.csv"), csv(2010));

    assertThat(replay(cluster).sent()).isEqualTo(10);
    Files.writeString(dir.resolve("a.csv"), csv(999));
    assertThatThrownBy(() -> replay(cluster))
        .hasMessage(
            "replay rejected: name=test, rows sent before=3010, the same rows here=false. The input or its columns changed: choose another --name, or --restart.");
  }

  @Test
  void aRowWithoutATimeIsToldAndSentAsItStands(TestCluster cluster) throws IOException {
    cluster.createTopics(1);
    Files.writeString(dir.resolve("a.csv"), "t,v\n1,2\nnever,3\n");
    Files.delete(dir.resolve("b.csv"));

    ReplaySummary summary = replay(cluster);

    assertThat(summary.notEvents()).isEqualTo(1);
    assertThat(notEvents)
        .extracting(row -> row.file() + " " + row.number())
        .containsExactly("a.csv 1");
    assertThat(cluster.read("events", 2).get(1).value())
        .isEqualTo("never".getBytes(StandardCharsets.UTF_8));
  }
}
