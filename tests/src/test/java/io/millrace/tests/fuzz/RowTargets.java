package io.millrace.tests.fuzz;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Observation;
import io.millrace.model.scoring.Scorer;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.CorruptRowException;
import io.millrace.serde.CorruptStateException;
import io.millrace.serde.KeyStateCodec;
import io.millrace.serde.MergeCodec;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.ReplicaCodec;
import io.millrace.serde.StateEncoding;
import io.millrace.serde.StepGroup;
import io.millrace.serde.StepGroup.Event;
import io.millrace.serde.StepGroupCodec;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.zip.CRC32C;

/** The rows of the stores: what a disk, or whoever writes to a changelog, may have made of them. */
final class RowTargets {
  private static final ModelSpec PLAIN = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);
  private static final ModelSpec LEARNER = new ModelSpec(Cell.LSTM, 1, 1, 1, Head.FORECAST);
  private static final ModelSpec LABELLED = new ModelSpec(Cell.LSTM, 1, 1, 2, Head.BINARY);
  private static final List<CategoryInput> CATEGORIES =
      List.of(new CategoryInput(5, 0), new CategoryInput(9, 4));

  /** Every row of ours has it there, over all its other bytes. */
  private static final int CHECKSUM_AT = 4;

  /** Rows of the learner tell their length too. */
  private static final int LENGTH_AT = 16;

  private RowTargets() {}

  static List<FuzzTarget> all() throws IOException {
    List<FuzzTarget> targets = new ArrayList<>();
    for (String version : List.of("v1", "v2", "v4-f32", "v4-f16", "v4-int8")) {
      targets.add(keyState("key-state-" + version, PLAIN));
    }
    for (String version : List.of("v3", "v4")) {
      String row = "key-state-" + version;
      targets.add(keyState(row + "-forecast", spec(CATEGORIES, false, Head.FORECAST, 0)));
      targets.add(keyState(row + "-category", spec(CATEGORIES, false, Head.CATEGORY, 5)));
      targets.add(keyState(row + "-binary", spec(CATEGORIES, true, Head.BINARY, 0)));
      targets.add(keyState(row + "-regression", spec(List.of(), true, Head.REGRESSION, 0)));
    }
    targets.addAll(openWindows());
    targets.add(stepGroup());
    targets.addAll(learner());
    return targets;
  }

  private static ModelSpec spec(
      List<CategoryInput> categories, boolean feedback, Head head, int classes) {
    InputSpec input = new InputSpec(1, Set.of(), categories, feedback);
    return new ModelSpec(Cell.LSTM, input, 1, 2, head, classes);
  }

  /** What is taken must be such that it can be stored and taken again, and that the key's next event can be judged by it. */
  private static FuzzTarget keyState(String golden, ModelSpec spec) throws IOException {
    KeyStateCodec codec = new KeyStateCodec(spec, StateEncoding.F16);
    Scorer scorer = new Scorer(spec, ScoringSettings.DEFAULTS);
    Weights weights = Weights.of(3, Parameters.initial(spec, 1), new ScalarKernel());
    Observation event = new Observation(
        1_700_000_001_000L,
        1_700_000_001_000L,
        new double[spec.features()],
        new int[spec.input().categories().size()],
        OptionalDouble.of(1));
    FuzzTarget.Decoder decoder = bytes -> {
      KeyState state = codec.decode(bytes);
      again(() -> codec.decode(codec.encode(state)));
      double score = scorer.score(state, event, weights).judgement().score();
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalStateException("scores " + score);
      }
    };
    return FuzzTarget.of(
            golden, List.of(golden(golden + ".hex")), decoder, List.of(CorruptStateException.class))
        .resealedBy(RowTargets::sealed);
  }

  private static void again(Runnable decoding) {
    try {
      decoding.run();
    } catch (RuntimeException e) {
      throw new IllegalStateException("taken once, but not again", e);
    }
  }

  /** What is taken must be such that it can be cut. */
  private static List<FuzzTarget> openWindows() {
    OpenWindowCodec codec = new OpenWindowCodec(LABELLED);
    OpenWindowCodec.Head head =
        new OpenWindowCodec.Head(3, 7, 1_000, HiddenState.initial(LABELLED), new float[] {1, -1});
    StoredStep known =
        new StoredStep(3, 900, new float[] {1, -1}, new float[] {1}, true, Optional.empty());
    StoredStep awaited =
        new StoredStep(4, 901, new float[] {1, 3}, new float[] {0}, false, Optional.of("e-4"));
    StoredWindow window = new StoredWindow(head, List.of(known, awaited));
    return List.of(
        openWindow("window-head", List.of(codec.encode(head)), codec::decodeHead),
        openWindow(
            "window-step",
            List.of(codec.encode(known), codec.encode(awaited)),
            bytes -> new StoredWindow(head, List.of(codec.decodeStep(bytes))).cut()),
        openWindow("waiting-window", List.of(codec.encode(window)), bytes -> {
          StoredWindow stored = codec.decodeWindow(bytes);
          stored.cut();
          stored.awaited().forEach(step -> stored.with(step.labelled(1)));
        }));
  }

  /** What is taken must be such that it can be learned from. */
  private static FuzzTarget stepGroup() {
    ModelSpec spec = spec(CATEGORIES, false, Head.CATEGORY, 5);
    StepGroupCodec codec = new StepGroupCodec(spec, 3);
    Event first = new Event(900, new float[] {1, -1, 4, 8});
    Event second = new Event(901, new float[] {0, 0.5f, 2, 0});
    byte[] row = codec.encode(3, codec.keep(KeyState.NOTHING_KEPT, first), second, first);
    return openWindow("step-group", List.of(row), bytes -> {
      StepGroup stored = codec.decode(bytes);
      new TrainingWindow(
              HiddenState.initial(spec),
              stored.events().get(0).row(),
              spec.targetIn(stored.events().get(1).row()),
              new byte[] {1})
          .requireFor(spec);
    });
  }

  private static FuzzTarget openWindow(
      String name, List<byte[]> corpus, FuzzTarget.Decoder decoder) {
    return FuzzTarget.of(name, corpus, decoder, List.of(CorruptRowException.class))
        .resealedBy(RowTargets::sealed);
  }

  private static List<FuzzTarget> learner() throws IOException {
    ReplicaCodec replica = new ReplicaCodec(LEARNER);
    MergeCodec merge = new MergeCodec(LEARNER);
    return List.of(
        FuzzTarget.of(
                "replica-row",
                List.of(golden("replica-v1.hex"), golden("replica-v2.hex")),
                bytes -> replica.encode(replica.decode(List.of(bytes))),
                List.of(CorruptLearnerException.class))
            .resealedBy(RowTargets::sealedWithLength),
        FuzzTarget.of(
                "merge-row",
                List.of(golden("merge-v1.hex"), golden("merge-v2.hex")),
                bytes -> merge.encode(merge.decode(List.of(bytes))),
                List.of(CorruptLearnerException.class))
            .resealedBy(RowTargets::sealedWithLength));
  }

  private static byte[] sealedWithLength(byte[] row) {
    if (row.length >= LENGTH_AT + Integer.BYTES) {
      ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).putInt(LENGTH_AT, row.length);
    }
    return sealed(row);
  }

  private static byte[] sealed(byte[] row) {
    int after = CHECKSUM_AT + Integer.BYTES;
    if (row.length >= after) {
      CRC32C crc = new CRC32C();
      crc.update(row, 0, CHECKSUM_AT);
      crc.update(row, after, row.length - after);
      ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM_AT, (int) crc.getValue());
    }
    return row;
  }

  static byte[] golden(String name) throws IOException {
    try (InputStream in = RowTargets.class.getResourceAsStream("/golden/" + name)) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }
}
