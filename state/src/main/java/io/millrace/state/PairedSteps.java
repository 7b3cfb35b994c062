package io.millrace.state;

import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.KeyState;
import io.millrace.serde.OpenWindowCodec.Head;
import io.millrace.serde.StepPair;
import io.millrace.serde.StepPairCodec;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A row for every two steps of a lazy head.
 *
 * <p>Its steps overlap: the row of an event is what the step of that event has as its target, and what the next step has as its input.
 * So a window is the input of its first step, which its head holds, and then the rows of its events. The newest of them stands in the
 * {@link KeyState}: it goes into a row of the store with the one that follows it, or out of there into the window that is cut.
 */
final class PairedSteps implements StepRows {
  private final SlotRows<StepPair> rows;
  private final ModelSpec spec;

  PairedSteps(KeyValueStore<Bytes, byte[]> store, ModelSpec spec) {
    StepPairCodec codec = new StepPairCodec(spec);
    this.rows = new SlotRows<>(
        store, new SlotRows.Form<>(2, codec::encode, codec::decode, StepPair::number));
    this.spec = spec;
  }

  @Override
  public void append(byte[] key, int slot, KeyState before, StoredStep step, KeyState after) {
    if (slot % 2 == 1) {
      StepPair pair = new StepPair(
          step.number() - 1, before.lastTime(), step.time(), before.input(), after.input());
      rows.put(key, slot / 2, pair);
    }
  }

  @Override
  public Optional<StoredWindow> read(byte[] key, Head head, KeyState newest) {
    int length = (int) (newest.steps() - head.firstStep());
    return rows.exactly(key, head.firstStep(), length / 2)
        .map(pairs -> new StoredWindow(head, steps(head.input(), pairs, length, newest)));
  }

  private List<StoredStep> steps(float[] input, List<StepPair> pairs, int length, KeyState newest) {
    List<StoredStep> steps = new ArrayList<>(length);
    float[] fed = input;
    for (StepPair pair : pairs) {
      steps.add(step(pair.number(), pair.firstTime(), fed, pair.first()));
      steps.add(step(pair.number() + 1, pair.secondTime(), pair.first(), pair.second()));
      fed = pair.second();
    }
    if (length % 2 == 1) {
      steps.add(step(newest.steps() - 1, newest.lastTime(), fed, newest.input()));
    }
    return steps;
  }

  private StoredStep step(long number, long time, float[] input, float[] row) {
    return new StoredStep(number, time, input, spec.targetIn(row), true, Optional.empty());
  }

  /** Not the one that stands in the key's state alone. */
  @Override
  public int count(byte[] key, Head head) {
    return 2 * rows.all(key, head.firstStep()).size();
  }

  @Override
  public void delete(byte[] key) {
    rows.delete(key);
  }
}
