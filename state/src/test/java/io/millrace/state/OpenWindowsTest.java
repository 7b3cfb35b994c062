package io.millrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BuiltIn;
import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.scoring.KeyState;
import io.millrace.schemas.Numbers;
import io.millrace.schemas.Window;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.StateEncoding;
import io.millrace.serde.WindowCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenWindowsTest {
  private static final int SEEDS = 8;
  private static final int EVENTS = 250;
  private static final int LARGE = 1000;
  private static final long ANY_TIME = 10 * KeyLife.GAP;
  private static final byte STEPS = 2;

  /** A key's life, replayed by its seed. */
  record Life(Head head, StateEncoding encoding, long seed) {
    RandomGenerator random() {
      return new SplittableRandom(seed);
    }

    KeyLife begin(int size) {
      return new KeyLife(spec(head), encoding, size);
    }
  }

  static Stream<Life> lives() {
    return Arrays.stream(Head.values())
        .flatMap(head -> Arrays.stream(StateEncoding.values())
            .flatMap(encoding ->
                IntStream.range(0, SEEDS).mapToObj(seed -> new Life(head, encoding, seed))));
  }

  private static ModelSpec spec(Head head) {
    InputSpec input = new InputSpec(
        2,
        Set.of(BuiltIn.TIME_GAP, BuiltIn.HOUR_OF_DAY),
        List.of(new CategoryInput(7, 0), new CategoryInput(65_536, 2)),
        false);
    return new ModelSpec(Cell.LSTM, input, 1, 3, head, head == Head.CATEGORY ? 7 : 0);
  }

  private static int size(RandomGenerator random) {
    return 1 + random.nextInt(40);
  }

  private static void live(KeyLife key, RandomGenerator random) {
    switch (random.nextInt(40)) {
      case 0 -> key.event(random, 2 * KeyLife.IDLE, 0);
      case 1 -> key.event(random, 2 * KeyLife.GAP, 0);
      case 2 -> key.event(random, 0, -KeyLife.GAP); // late
      case 3 -> key.end();
      case 4 -> key.quiet(random.nextLong(2 * KeyLife.IDLE));
      default -> key.event(random, random.nextInt(20), random.nextInt(3));
    }
  }

  private static void assertTaught(KeyLife key, Life life, List<CutWindow> windows) {
    WindowCodec codec = new WindowCodec(spec(life.head()));
    for (CutWindow window : windows) {
      assertThat(codec.encode(window)).isEqualTo(codec.encode(key.expected(window)));
    }
  }

  private static List<Long> numbers(List<CutWindow> windows) {
    return windows.stream().flatMap(window -> KeyLife.numbers(window).stream()).toList();
  }

  /** Seven steps: four in a row of the store, three in the key's state alone. */
  private static KeyLife withSevenSteps() {
    KeyLife key = new KeyLife(spec(Head.FORECAST), StateEncoding.F16, LARGE);
    RandomGenerator random = new SplittableRandom(3);
    for (int n = 0; n < 8; n++) {
      key.event(random, 1, 0);
    }
    return key;
  }

  private static List<Bytes> stepRows(KeyLife key) {
    return KeyLife.copy(key.windowRows).keySet().stream()
        .filter(row -> row.get()[0] == STEPS)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lives")
  void windowsAreMadeOfWhatTheScorerTaughtAndHoldAllOfIt(Life life) {
    RandomGenerator random = life.random();
    KeyLife key = life.begin(size(random));
    for (int n = 0; n < EVENTS; n++) {
      live(key, random);
      if (random.nextInt(60) == 0) {
        key.resize(size(random));
      }
    }
    key.quiet(ANY_TIME);

    List<CutWindow> windows = key.cut();
    assertTaught(key, life, windows);
    assertThat(numbers(windows)).isEqualTo(key.numbers());
    assertThat(key.lost()).isZero();
    assertThat(KeyLife.copy(key.windowRows)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("lives")
  void whenOneStoreFallsBehindTheOtherWindowsHoldWhatWasTaughtOrAreCounted(Life life) {
    RandomGenerator random = life.random();
    KeyLife key = life.begin(size(random));
    boolean states = random.nextBoolean();
    Map<Bytes, byte[]> older = Map.of();
    for (int n = 0; n < EVENTS; n++) {
      if (n == EVENTS / 2) {
        older = KeyLife.copy(states ? key.stateRows : key.windowRows);
      }
      if (n == EVENTS / 2 + life.seed()) {
        KeyLife.restore(states ? key.stateRows : key.windowRows, older);
      }
      live(key, random);
      assertTaught(key, life, key.cut());
    }
  }

  @Test
  void aWindowThatIsCutBetweenTwoRowsEndsWithThoseInTheKeysState() {
    KeyLife key = withSevenSteps();
    assertThat(stepRows(key)).hasSize(1);
    float[] newest = key.state().input();
    long time = key.state().lastTime();

    key.end();

    CutWindow window = key.cut().get(0);
    assertThat(window.times()).hasSize(7).endsWith(time);
    assertThat(window.steps().targets()).hasSize(7 * 2).endsWith(newest[0], newest[1]);
    assertThat(key.lost()).isZero();
  }

  @Test
  void aWindowOfOneStepIsWholeThoughItsRowsAreAheadOfTheKeysState() {
    KeyLife key = new KeyLife(spec(Head.FORECAST), StateEncoding.F16, LARGE);
    RandomGenerator random = new SplittableRandom(3);
    key.event(random, 1, 0);
    key.event(random, 1, 0);
    Map<Bytes, byte[]> behind = KeyLife.copy(key.stateRows);
    key.event(random, 1, 0);
    KeyLife.restore(key.stateRows, behind);

    key.end();

    assertThat(numbers(key.cut())).containsExactly(1L);
    assertThat(key.lost()).isZero();
  }

  @Test
  void ofAWindowWhoseRowsCannotBeBelievedAllStepsAreCounted() {
    KeyLife key = withSevenSteps();
    key.windowRows.put(stepRows(key).get(0), new byte[40]);

    key.end();

    assertThat(key.cut()).isEmpty();
    assertThat(key.lost()).isEqualTo(7);
  }

  @Test
  void ofAWindowOfWhichTheKeysStateKeepsTooLittleAllStepsAreCounted() {
    KeyLife key = withSevenSteps();
    key.save(key.state().withKept(KeyState.NOTHING_KEPT));

    key.end();

    assertThat(key.cut()).isEmpty();
    assertThat(key.lost()).isEqualTo(7);
  }

  @Test
  void whereTheKeysStateCannotBeBelievedTheStepsThatItHeldAreNotCounted() {
    KeyLife key = withSevenSteps();
    key.stateRows.put(Bytes.wrap(KeyLife.KEY), new byte[40]);

    key.event(new SplittableRandom(4), 1, 0);

    assertThat(key.cut()).isEmpty();
    assertThat(key.lost()).isEqualTo(4);
  }

  @Test
  void aForgedStateWhoseWindowHasNoStepLosesNoneAndIsNoWindow() {
    KeyLife key = withSevenSteps();
    OpenWindowCodec codec = new OpenWindowCodec(spec(Head.FORECAST));
    Bytes at = OpenWindowKeys.head(KeyLife.KEY);
    OpenWindowCodec.Head head = codec.decodeHead(key.windowRows.get(at));
    long next = key.state().steps();
    key.save(key.state().withWindowStart(next));
    key.windowRows.put(
        at,
        codec.encode(new OpenWindowCodec.Head(
            next, head.weightsVersion(), head.deadline(), head.initial(), head.input())));

    key.end();

    assertThat(key.cut()).isEmpty();
    assertThat(key.lost()).isZero();
  }

  @Test
  void ofAKeyThatHasExpiredAllStepsAreCounted() {
    KeyLife key = withSevenSteps();
    key.expire();

    key.event(new SplittableRandom(4), 1, 0);

    assertThat(key.cut()).isEmpty();
    assertThat(key.lost()).isEqualTo(7);
    assertThat(stepRows(key)).isEmpty();
  }

  @Test
  void aFullWindowLeavesTheNextOneOpenUnderItsDeadline() {
    KeyLife key = new KeyLife(spec(Head.FORECAST), StateEncoding.F16, 1);
    RandomGenerator random = new SplittableRandom(3);
    key.event(random, 1, 0);
    key.event(random, 1, 0);
    List<Bytes> first = rowsButSteps(key);
    assertThat(first).hasSize(2);

    key.event(random, 1, 0);

    assertThat(numbers(key.cut())).containsExactly(1L, 2L);
    assertThat(key.state().windowStart()).isEqualTo(3);
    assertThat(rowsButSteps(key)).isEqualTo(first);
  }

  @Test
  void aDeadlineThatWasMovedIsThatOfItsWindowAlone() {
    KeyLife key = new KeyLife(spec(Head.FORECAST), StateEncoding.F16, LARGE);
    RandomGenerator random = new SplittableRandom(3);
    key.event(random, 1, 0);
    key.event(random, 1, 0);
    byte[] head = key.windowRows.get(OpenWindowKeys.head(KeyLife.KEY));
    key.event(random, KeyLife.IDLE - 100, 0);
    key.quiet(200);
    assertThat(key.cut()).isEmpty();
    assertThat(key.windowRows.get(OpenWindowKeys.head(KeyLife.KEY))).isEqualTo(head);

    key.end();
    assertThat(numbers(key.cut())).containsExactly(1L, 2L);
    key.event(random, 300, 0);
    key.event(random, 1, 0);
    key.event(random, 50, 0);
    key.quiet(KeyLife.IDLE - 200);
    assertThat(key.cut()).as("due of the window before").isEmpty();
    assertThat(rowsButSteps(key)).as("its head and its deadline alone").hasSize(2);

    key.quiet(KeyLife.IDLE);
    assertThat(numbers(key.cut())).containsExactly(4L, 5L);
    assertThat(KeyLife.copy(key.windowRows)).isEmpty();
  }

  /** Its first window has six steps and its second eight, so a row of the store, which stays when they have gone out. */
  @Test
  void nothingIsLostWhereAFullWindowsKeyCannotBeBelieved() {
    KeyLife key = new KeyLife(spec(Head.FORECAST), StateEncoding.F16, 8);
    RandomGenerator random = new SplittableRandom(3);
    for (int n = 0; n < 15; n++) {
      key.event(random, 1, 0);
    }
    assertThat(numbers(key.cut())).hasSize(14).startsWith(1L).endsWith(14L);
    assertThat(stepRows(key)).hasSize(1);
    key.stateRows.put(Bytes.wrap(KeyLife.KEY), new byte[40]);

    key.event(random, 1, 0);

    assertThat(key.lost()).isZero();
  }

  private static List<Bytes> rowsButSteps(KeyLife key) {
    return KeyLife.copy(key.windowRows).keySet().stream()
        .filter(row -> row.get()[0] != STEPS)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"F16, F16", "F32, F32"})
  void theNumbersOfAWindowAreHalvesWhereItsStatesAre(StateEncoding states, Numbers expected) {
    ModelSpec plain = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);
    KeyLife key = new KeyLife(plain, states, 4);
    RandomGenerator random = new SplittableRandom(3);
    for (int n = 0; n < 100; n++) {
      key.event(random, 1, 0);
    }

    List<CutWindow> windows = key.cut();
    assertThat(windows).hasSizeGreaterThan(20);
    assertThat(windows.subList(1, windows.size()))
        .extracting(new WindowCodec(plain)::encode)
        .extracting(bytes -> AvroSerde.of(Window.class).decode(bytes).getNumbers())
        .containsOnly(expected);
  }
}
