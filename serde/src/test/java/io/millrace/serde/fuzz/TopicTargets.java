package io.millrace.serde.fuzz;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.model.learn.sync.Tally;
import io.millrace.schemas.Action;
import io.millrace.schemas.Command;
import io.millrace.schemas.Label;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.ImportAssembly;
import io.millrace.serde.ImportCodec;
import io.millrace.serde.ImportedWeights;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableUpdateException;
import io.millrace.serde.UnusableWeightsException;
import io.millrace.serde.UnusableWindowException;
import io.millrace.serde.UpdateAssembly;
import io.millrace.serde.UpdateCodec;
import io.millrace.serde.WeightsAssembly;
import io.millrace.serde.WeightsCodec;
import io.millrace.serde.WindowCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** Our own records in topics that others may write to. */
final class TopicTargets {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);

  /** Of so many parameters that they take two parts. */
  private static final ModelSpec LARGE = new ModelSpec(Cell.LSTM, 4, 1, 180, Head.FORECAST);

  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);

  private TopicTargets() {}

  static List<FuzzTarget> all() {
    List<FuzzTarget> targets = new ArrayList<>(parameters());
    targets.add(window());
    targets.add(
        record("command", Command.class, new Command(Action.ROLLBACK, 7L, null, null, TIME)));
    targets.add(record("label", Label.class, new Label("e-1", 1.0, TIME)));
    targets.add(record("score", Score.class, score()));
    return targets;
  }

  private static float[] ramp(ModelSpec spec) {
    float[] values = new float[new ParameterLayout(spec).size()];
    for (int n = 0; n < values.length; n++) {
      values[n] = 0.25f * n - 2;
    }
    return values;
  }

  private static List<byte[]> weights(ModelSpec spec) {
    return new WeightsCodec(spec)
        .encode(
            new MergedWeights(
                57, ramp(spec), Map.of(0, 31L, 2, 29L), 123_456, -0.75, new Rollback(40, 38)),
            99);
  }

  private static List<FuzzTarget> parameters() {
    List<byte[]> updates = new UpdateCodec(SPEC)
        .encode(2, new Change(40, 6, new Tally(64, 2048, 900.25), ramp(SPEC)), 17);
    List<byte[]> imports = new ImportCodec(SPEC).encode(new ImportedWeights(7, ramp(SPEC), "file"));
    WeightsAssembly assembly = new WeightsAssembly(LARGE);
    return List.of(
        FuzzTarget.of(
            "weights",
            weights(SPEC),
            bytes -> new WeightsAssembly(SPEC).add(bytes),
            UndecodableException.class,
            UnknownSchemaException.class,
            UnusableWeightsException.class,
            CorruptLearnerException.class),
        FuzzTarget.of(
            "weights-in-parts",
            weights(LARGE),
            assembly::add,
            UndecodableException.class,
            UnknownSchemaException.class,
            UnusableWeightsException.class,
            CorruptLearnerException.class),
        FuzzTarget.of(
            "update",
            updates,
            bytes -> {
              UpdateAssembly parts = new UpdateAssembly(SPEC);
              parts.add(parts.read(bytes));
            },
            UndecodableException.class,
            UnknownSchemaException.class,
            UnusableUpdateException.class,
            CorruptLearnerException.class),
        FuzzTarget.of(
            "import",
            imports,
            bytes -> {
              ImportAssembly parts = new ImportAssembly(SPEC);
              parts.add(parts.read(bytes));
            },
            UndecodableException.class,
            UnknownSchemaException.class,
            UnusableWeightsException.class,
            CorruptLearnerException.class));
  }

  private static FuzzTarget window() {
    WindowCodec codec = new WindowCodec(SPEC);
    byte[] valid = codec.encode(new CutWindow(
        3,
        7,
        new long[] {1, 2},
        new TrainingWindow(
            HiddenState.initial(SPEC),
            new float[] {1, 2, 3, 4},
            new float[] {5, 6, 7, 8},
            new byte[] {1, 0})));
    return FuzzTarget.of(
        "window",
        List.of(valid),
        codec::decode,
        UndecodableException.class,
        UnknownSchemaException.class,
        UnusableWindowException.class);
  }

  private static Score score() {
    return Score.newBuilder()
        .setId("e-1")
        .setTime(TIME)
        .setScore(0.5)
        .setSurprise(1.5)
        .setPrediction(List.of(1.0, 2.0))
        .setWeightsVersion(3)
        .setSteps(4)
        .setWarmup(false)
        .setLate(false)
        .setRestarted(true)
        .build();
  }

  private static <T extends SpecificRecordBase> FuzzTarget record(
      String name, Class<T> type, T valid) {
    AvroSerde<T> serde = AvroSerde.of(type);
    return FuzzTarget.of(
        name,
        List.of(serde.encode(valid)),
        serde::decode,
        UndecodableException.class,
        UnknownSchemaException.class);
  }
}
