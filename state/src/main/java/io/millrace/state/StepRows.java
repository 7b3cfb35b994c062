package io.millrace.state;

import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.KeyState;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.OpenWindowCodec.Head;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** How the steps of open windows are kept. */
interface StepRows {

  /** What a lazy head is taught stands in the rows of events; labels, which may come by themselves, need their steps one by one. */
  static StepRows of(
      KeyValueStore<Bytes, byte[]> store, ModelSpec spec, OpenWindowCodec singleSteps) {
    return spec.head().isLazy()
        ? new GroupedSteps(store, spec)
        : new SingleSteps(store, singleSteps);
  }

  /**
   * Keeps one more step of a window.
   *
   * @param slot of the step in its window, from 0
   * @param before the key's state before the step's event
   * @param after the same with it
   * @param fills whether it is the window's last, which is then read at once and not again
   * @return that, to be saved or to be read with
   */
  KeyState append(
      byte[] key, int slot, KeyState before, StoredStep step, KeyState after, boolean fills);

  /**
   * A whole window; empty when rows are missing or cannot be believed.
   *
   * @param newest the key's state, after the event of the window's last step
   */
  Optional<StoredWindow> read(byte[] key, Head head, KeyState newest);

  /** How many steps of a window stand in rows that can be read. */
  int count(byte[] key, Head head);

  /** Removes the rows of a key. */
  void delete(byte[] key);
}
