package io.millrace.state;

import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.KeyState;
import io.millrace.serde.CorruptRowException;
import io.millrace.serde.OpenWindowCodec.Head;
import io.millrace.serde.StepGroup;
import io.millrace.serde.StepGroup.Event;
import io.millrace.serde.StepGroupCodec;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A row for every few steps of a lazy head.
 *
 * <p>Its steps overlap: the row of an event is what the step of that event has as its target, and what the next step has as its input.
 * So a window is the input of its first step, which its head holds, and then the rows of its events. The newest of them stands in the
 * {@link KeyState}, and behind it those before, until they are enough for a row of the store. Those that fill a window go into none: it is
 * read with them there.
 */
final class GroupedSteps implements StepRows {
  /** More makes fewer rows, and the key's own row, which is written at every event, longer. */
  static final int STEPS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(GroupedSteps.class);

  private final SlotRows<StepGroup> rows;
  private final StepGroupCodec codec;
  private final ModelSpec spec;

  GroupedSteps(KeyValueStore<Bytes, byte[]> store, ModelSpec spec) {
    this.codec = new StepGroupCodec(spec, STEPS);
    this.rows = new SlotRows<>(store, STEPS, codec::decode, StepGroup::number);
    this.spec = spec;
  }

  @Override
  public KeyState append(
      byte[] key, int slot, KeyState before, StoredStep step, KeyState after, boolean fills) {
    int place = slot % STEPS;
    if (place == 0) {
      return after;
    }
    byte[] kept = before.kept();
    Event last = new Event(before.lastTime(), before.input());
    if (place < STEPS - 1 || fills) {
      return after.withKept(codec.keep(kept, last));
    }
    if (codec.count(kept) == STEPS - 2) { // else its window is found to be broken when it is read
      Event newest = new Event(after.lastTime(), after.input());
      rows.put(key, slot / STEPS, codec.encode(step.number() - place, kept, last, newest));
    }
    return after.withKept(KeyState.NOTHING_KEPT);
  }

  @Override
  public Optional<StoredWindow> read(byte[] key, Head head, KeyState newest) {
    int length = (int) (newest.steps() - head.firstStep());
    boolean isFilled = length % STEPS == 0 && codec.count(newest.kept()) == STEPS - 1;
    int rest = isFilled ? STEPS : length % STEPS;
    return rows.exactly(key, head.firstStep(), (length - rest) / STEPS)
        .flatMap(groups -> events(key, groups, rest, newest))
        .map(events -> new StoredWindow(head, steps(head, events)));
  }

  private Optional<List<Event>> events(
      byte[] key, List<StepGroup> groups, int rest, KeyState newest) {
    List<Event> events = new ArrayList<>((groups.size() + 1) * STEPS);
    groups.forEach(group -> events.addAll(group.events()));
    if (rest == 0) {
      return Optional.of(events);
    }
    if (codec.count(newest.kept()) != rest - 1) {
      return Optional.empty();
    }
    try {
      events.addAll(codec.kept(newest.kept()));
    } catch (CorruptRowException e) {
      LOG.warn("{} key={}", e.getMessage(), Bytes.wrap(key));
      return Optional.empty();
    }
    events.add(new Event(newest.lastTime(), newest.input()));
    return Optional.of(events);
  }

  private List<StoredStep> steps(Head head, List<Event> events) {
    List<StoredStep> steps = new ArrayList<>(events.size());
    float[] fed = head.input();
    for (Event event : events) {
      steps.add(new StoredStep(
          head.firstStep() + steps.size(),
          event.time(),
          fed,
          spec.targetIn(event.row()),
          true,
          Optional.empty()));
      fed = event.row();
    }
    return steps;
  }

  /** Not those that stand in the key's state alone. */
  @Override
  public int count(byte[] key, Head head) {
    return STEPS * rows.all(key, head.firstStep()).size();
  }

  @Override
  public void delete(byte[] key) {
    rows.delete(key);
  }
}
