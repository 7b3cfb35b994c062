package io.millrace.topology.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.serde.mapping.Reason;
import io.millrace.topology.demo.SharedBroker;
import io.millrace.topology.demo.TestCluster;
import io.millrace.topology.score.DeadLetter;
import io.millrace.topology.score.RecordPlace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(SharedBroker.class)
class DeadLetterReplayTest {
  private static final Set<Reason> ALL = EnumSet.allOf(Reason.class);

  private final List<String> told = new ArrayList<>();

  private static ProducerRecord<byte[], byte[]> letter(
      TestCluster cluster, int n, String reason, String origin) {
    ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
        cluster.topic("dead-letters"),
        null,
        1_000L + n,
        ("k" + n).getBytes(UTF_8),
        ("v" + n).getBytes(UTF_8));
    letter.headers().add("trace", new byte[] {7});
    letter.headers().add(DeadLetter.REASON, reason.getBytes(UTF_8));
    letter.headers().add(DeadLetter.MESSAGE, "message".getBytes(UTF_8));
    letter.headers().add(DeadLetter.EXCEPTION, "exception".getBytes(UTF_8));
    letter.headers().add(DeadLetter.PLACE, origin.getBytes(UTF_8));
    letter.headers().add(DeadLetter.TIME, Long.toString(1_000L + n).getBytes(UTF_8));
    return letter;
  }

  private static ProducerRecord<byte[], byte[]> letter(TestCluster cluster, int n, Reason reason) {
    return letter(cluster, n, reason.text(), cluster.topic("events") + "-" + n % 3 + "@" + n);
  }

  private DeadLetterSummary replay(
      TestCluster cluster, Set<Reason> reasons, boolean dryRun, LongConsumer onSent) {
    DeadLetterReplay.Listener listener = new DeadLetterReplay.Listener() {
      @Override
      public void progress(long sent) {
        onSent.accept(sent);
      }

      @Override
      public void startsAtTheFirst() {
        told.add("first");
      }

      @Override
      public void notReplayable(RecordPlace place, String origin) {
        told.add(place.offset() + " " + origin);
      }
    };
    Map<String, String> settings = Map.of("model.inputs", "1", "consumer.max.poll.records", "50");
    return new DeadLetterReplay(cluster.config(settings), reasons, dryRun, listener).run();
  }

  private DeadLetterSummary replay(TestCluster cluster, Set<Reason> reasons) {
    return replay(cluster, reasons, false, sent -> {});
  }

  private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
    return Stream.of(record.headers().toArray()).map(Header::key).toList();
  }

  @Test
  void theOriginalGoesBackToItsPartitionWithItsTimeAndHeaders(TestCluster cluster) {
    cluster.createTopics(3);
    cluster.send(List.of(letter(cluster, 5, Reason.WRONG_TYPE)));

    DeadLetterSummary summary = replay(cluster, ALL);

    ConsumerRecord<byte[], byte[]> event = cluster.read("events", 1).get(0);
    assertThat(event.key()).isEqualTo("k5".getBytes(UTF_8));
    assertThat(event.value()).isEqualTo("v5".getBytes(UTF_8));
    assertThat(event.partition()).isEqualTo(2);
    assertThat(event.timestamp()).isEqualTo(1_005);
    assertThat(headers(event)).containsExactly("trace", DeadLetter.REPLAYED);
    assertThat(event.headers().lastHeader(DeadLetter.REPLAYED).value())
        .asString(UTF_8)
        .isEqualTo(cluster.topic("dead-letters") + "-0@0");
    assertThat(summary.sent()).isEqualTo(1);
    assertThat(summary.sentByReason()).isEqualTo(Map.of("wrong-type", 1L));
  }

  @Test
  void aBrokenReplaySendsEachLetterOnceAllTheSame(TestCluster cluster) {
    cluster.createTopics(3);
    int letters = 3_000;
    cluster.send(IntStream.range(0, letters)
        .mapToObj(n -> letter(cluster, n, Reason.UNDECODABLE))
        .toList());

    assertThatThrownBy(() -> replay(cluster, ALL, false, sent -> {
          if (sent % 100 == 0 && cluster.count("events") > 0) {
            throw new IllegalStateException("broken off");
          }
        }))
        .hasMessage("broken off");
    int committed = cluster.count("events");
    DeadLetterSummary summary = replay(cluster, ALL);

    assertThat(committed).isBetween(1, letters - 1);
    assertThat(summary.sent()).isEqualTo(letters - committed);
    assertThat(
            cluster.read("events", letters).stream().map(record -> new String(record.key(), UTF_8)))
        .hasSize(letters)
        .doesNotHaveDuplicates();
    assertThat(replay(cluster, ALL).sent()).isZero();
    assertThat(cluster.count("events")).isEqualTo(letters);
  }

  @Test
  void lettersOfAReasonThatWasNotAskedForAreSentLater(TestCluster cluster) {
    cluster.createTopics(3);
    cluster.send(List.of(
        letter(cluster, 0, Reason.WRONG_TYPE),
        letter(cluster, 1, Reason.LATE),
        letter(cluster, 2, Reason.WRONG_TYPE)));

    DeadLetterSummary dry = replay(cluster, Set.of(Reason.LATE), true, sent -> {});
    assertThat(dry.sent()).isEqualTo(1);
    assertThat(cluster.count("events")).isZero();
    DeadLetterSummary late = replay(cluster, Set.of(Reason.LATE));
    DeadLetterSummary rest = replay(cluster, ALL);

    assertThat(late.sentByReason()).isEqualTo(Map.of("late", 1L));
    assertThat(late.otherReasons()).isEqualTo(2);
    assertThat(rest.sentByReason()).isEqualTo(Map.of("wrong-type", 2L));
    assertThat(cluster.count("events")).isEqualTo(3);
    assertThat(told).containsExactly("first", "first");
  }

  @Test
  void aLetterThatNamesAForeignTopicOrNoReasonStaysWhereItIs(TestCluster cluster) {
    cluster.createTopics(3);
    String scores = cluster.topic("scores");
    cluster.send(List.of(
        letter(cluster, 0, "late", scores + "-0@1"),
        letter(cluster, 1, "no such reason", cluster.topic("events") + "-0@1"),
        letter(cluster, 2, "late", "unknown"),
        letter(cluster, 3, "late", cluster.topic("events") + "-77@1")));

    DeadLetterSummary summary = replay(cluster, ALL);

    assertThat(summary.notReplayable()).isEqualTo(3);
    assertThat(told)
        .containsExactly(
            "first", "0 " + scores + "-0@1", "1 " + cluster.topic("events") + "-0@1", "2 unknown");
    assertThat(cluster.count("scores")).isZero();
    assertThat(cluster.read("events", 1).get(0).key()).isEqualTo("k3".getBytes(UTF_8));
  }
}
