package io.millrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.serde.OpenWindowCodec;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class WindowHeadsTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 1, 1, 2, Head.FORECAST);
  private static final int ALL = 100;

  private final KeyValueStore<Bytes, byte[]> rows =
      Stores.inMemoryKeyValueStore("open-windows").get();
  private final List<Bytes> rangedFrom = new ArrayList<>();
  private WindowHeads heads = started();

  private WindowHeads started() {
    return new WindowHeads(watched(rows), new OpenWindowCodec(SPEC));
  }

  /** Notes where ranges begin. */
  @SuppressWarnings("unchecked")
  private KeyValueStore<Bytes, byte[]> watched(KeyValueStore<Bytes, byte[]> store) {
    InvocationHandler watch = (proxy, method, arguments) -> {
      if (method.getName().equals("range")) {
        rangedFrom.add((Bytes) arguments[0]);
      }
      return method.invoke(store, arguments);
    };
    return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, watch);
  }

  private void open(String key, long deadline) {
    heads.open(key.getBytes(StandardCharsets.UTF_8), head(deadline));
  }

  private static OpenWindowCodec.Head head(long deadline) {
    return new OpenWindowCodec.Head(0, 0, deadline, HiddenState.initial(SPEC), new float[1]);
  }

  private List<String> due(long now, int atMost) {
    return heads.takeDue(now, atMost).stream()
        .map(due -> new String(due.key(), StandardCharsets.UTF_8) + due.deadline())
        .toList();
  }

  @Test
  void aDeadlineBeforeThoseThatWereTakenIsFound() {
    open("a", 900);
    assertThat(due(1_000, ALL)).containsExactly("a900");
    open("b", 500);
    open("c", 1_500);

    assertThat(due(1_000, ALL)).containsExactly("b500");
  }

  @Test
  void aDeadlineIsFoundAtItsVeryMillisecond() {
    open("a", 1_001);

    assertThat(due(1_000, ALL)).isEmpty();
    assertThat(due(1_001, ALL)).containsExactly("a1001");
  }

  @Test
  void aDeadlineThatWasMovedIsFoundAndTellsTheFirst() {
    byte[] key = {'a'};
    open("a", 900);
    assertThat(heads.takeDue(1_000, ALL)).extracting(WindowHeads.Due::first).containsExactly(900L);
    heads.move(key, head(900), 1_700);
    assertThat(due(1_600, ALL)).isEmpty();
    heads.takeDue(1_700, ALL).forEach(due -> heads.move(key, head(due.first()), 2_600));

    assertThat(heads.takeDue(3_000, ALL)).singleElement().satisfies(due -> {
      assertThat(due.key()).isEqualTo(key);
      assertThat(due.deadline()).isEqualTo(2_600);
      assertThat(due.first()).isEqualTo(900);
    });
  }

  @Test
  void afterARestartAllDeadlinesAreFound() {
    open("a", 500);
    open("b", 900);
    open("c", 1_500);
    assertThat(due(400, ALL)).isEmpty();

    heads = started();

    assertThat(due(1_000, ALL)).containsExactly("a500", "b900");
  }

  @Test
  void whereMoreAreDueThanMayBeTakenTheRestIsTakenLater() {
    for (String key : List.of("a", "b", "c", "d", "e")) {
      open(key, key.equals("e") ? 600 : 500);
    }

    assertThat(due(1_000, 2)).containsExactly("a500", "b500");
    assertThat(due(1_000, 2)).containsExactly("c500", "d500");
    assertThat(due(1_000, 2)).containsExactly("e600");
    assertThat(due(1_000, 2)).isEmpty();
  }

  @Test
  void whereNoneCanBeDueTheStoreIsNotRangedOver() {
    open("a", 2_000);
    due(1_000, ALL);
    due(1_000, ALL);
    due(500, ALL);

    assertThat(rangedFrom).hasSize(1);
  }

  @Test
  void deadlinesThatWereTakenAreNotRangedOverAgain() {
    open("a", 900);
    due(1_000, ALL);
    open("b", 2_000);
    due(1_500, ALL);

    assertThat(rangedFrom)
        .containsExactly(OpenWindowKeys.firstDeadline(0), OpenWindowKeys.firstDeadline(1_001));
  }
}
