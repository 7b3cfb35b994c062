package io.millrace.tests.fuzz;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.TrainingWindow;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.model.learn.sync.Tally;
import io.millrace.schemas.Action;
import io.millrace.schemas.Command;
import io.millrace.schemas.Import;
import io.millrace.schemas.Label;
import io.millrace.schemas.Score;
import io.millrace.schemas.Update;
import io.millrace.schemas.Weights;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.CommandCodec;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.ImportAssembly;
import io.millrace.serde.ImportCodec;
import io.millrace.serde.ImportedWeights;
import io.millrace.serde.NewValuesCodec;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableCommandException;
import io.millrace.serde.UnusableUpdateException;
import io.millrace.serde.UnusableVocabularyException;
import io.millrace.serde.UnusableWeightsException;
import io.millrace.serde.UnusableWindowException;
import io.millrace.serde.UpdateAssembly;
import io.millrace.serde.UpdateCodec;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.WeightsAssembly;
import io.millrace.serde.WeightsCodec;
import io.millrace.serde.WindowCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;

/** Our own records in topics that others may write to. */
final class TopicTargets {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);

  /** Of so many parameters that they take two parts. */
  private static final ModelSpec LARGE = new ModelSpec(Cell.LSTM, 4, 1, 180, Head.FORECAST);

  private static final CategoryInput INPUT = new CategoryInput(5, 0);
  private static final List<CategoryInput> FIELDS = List.of(INPUT);
  private static final ModelSpec CATEGORIES = new ModelSpec(
      Cell.LSTM, new InputSpec(1, Set.of(), List.of(INPUT), false), 1, 2, Head.CATEGORY, 5);

  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);

  private TopicTargets() {}

  static List<FuzzTarget> all() throws IOException {
    List<FuzzTarget> targets = new ArrayList<>();
    targets.add(record("label", Label.class, new Label("e-1", 1.0, TIME)));
    targets.add(record("score", Score.class, score()));
    targets.add(window(
        "window-forecast", SPEC, windows(SPEC, new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8
        })));
    targets.add(window("window-v1", SPEC, List.of(RowTargets.golden("window-v1.hex"))));
    targets.add(window(
        "window-category",
        CATEGORIES,
        windows(CATEGORIES, new float[] {1, 0, 2, 0, 1, 3}, new float[] {3, 4})));
    targets.addAll(parameters());
    targets.addAll(vocabulary());
    targets.add(command());
    return targets;
  }

  private static FuzzTarget target(
      String name,
      List<byte[]> corpus,
      FuzzTarget.Decoder decoder,
      List<Class<? extends Exception>> unusable) {
    List<Class<? extends Exception>> declared = new ArrayList<>(unusable);
    declared.add(UndecodableException.class);
    declared.add(UnknownSchemaException.class);
    return FuzzTarget.of(name, corpus, decoder, declared);
  }

  private static <T extends SpecificRecordBase> FuzzTarget record(
      String name, Class<T> type, T valid) {
    AvroSerde<T> serde = AvroSerde.of(type);
    return target(name, List.of(serde.encode(valid)), serde::decode, List.of());
  }

  private static FuzzTarget command() {
    CommandCodec codec = new CommandCodec();
    return target(
        "command",
        List.of(
            codec.encode(new Command(Action.ROLLBACK, 7L, null, null, TIME)),
            codec.encode(new Command(Action.SET, null, "window.idle", "10m", TIME)),
            codec.encode(new Command(Action.PAUSE, null, null, null, TIME))),
        codec::decode,
        List.of(UnusableCommandException.class));
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

  /** What is taken must be such that it can be learned. */
  private static FuzzTarget window(String name, ModelSpec spec, List<byte[]> corpus) {
    WindowCodec codec = new WindowCodec(spec);
    Backpropagation learning = new ScalarKernel().backpropagation(spec);
    float[] values = Parameters.initial(spec, 1).toArray();
    float[] gradient = new float[values.length];
    return target(
        name,
        corpus,
        bytes -> learning.accumulate(values, List.of(codec.decode(bytes).steps()), gradient),
        List.of(UnusableWindowException.class));
  }

  /** One in halves, and one with a number that is none. */
  private static List<byte[]> windows(ModelSpec spec, float[] inputs, float[] targets) {
    WindowCodec codec = new WindowCodec(spec);
    HiddenState halves = HiddenState.initial(spec);
    HiddenState floats = HiddenState.initial(spec);
    floats.h()[0] = 0.1f;
    return Stream.of(halves, floats)
        .map(initial -> new TrainingWindow(initial, inputs, targets, new byte[] {1, 0}))
        .map(steps -> codec.encode(new CutWindow(3, 7, new long[] {1, 2}, steps)))
        .toList();
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
    WeightsAssembly parts = new WeightsAssembly(LARGE);
    return List.of(
        target(
                "weights",
                weights(SPEC),
                bytes -> new WeightsAssembly(SPEC).add(bytes),
                List.of(UnusableWeightsException.class, CorruptLearnerException.class))
            .resealedBy(sealed(Weights.class, "parameters")),
        target(
                "weights-in-parts",
                weights(LARGE),
                parts::add,
                List.of(UnusableWeightsException.class, CorruptLearnerException.class))
            .costing(100),
        target(
                "update",
                updates,
                bytes -> {
                  UpdateAssembly assembly = new UpdateAssembly(SPEC);
                  assembly.add(assembly.read(bytes));
                },
                List.of(UnusableUpdateException.class, CorruptLearnerException.class))
            .resealedBy(sealed(Update.class, "change")),
        target(
                "import",
                imports,
                bytes -> {
                  ImportAssembly assembly = new ImportAssembly(SPEC);
                  assembly.add(assembly.read(bytes));
                },
                List.of(UnusableWeightsException.class, CorruptLearnerException.class))
            .resealedBy(sealed(Import.class, "parameters")));
  }

  /** What vouches for a record is true again, where it is a record still: its signature, and the checksum over its parameters. */
  private static <T extends SpecificRecordBase> UnaryOperator<byte[]> sealed(
      Class<T> type, String parameters) {
    AvroSerde<T> serde = AvroSerde.of(type);
    return bytes -> {
      try {
        T record = serde.decode(bytes);
        CRC32C crc = new CRC32C();
        crc.update(((ByteBuffer) record.get(parameters)).duplicate());
        record.put("checksum", crc.getValue());
        record.put("signature", SPEC.signature());
        return serde.encode(record);
      } catch (SerializationException e) {
        return bytes;
      }
    };
  }

  private static List<FuzzTarget> vocabulary() {
    VocabularyCodec vocabularies = new VocabularyCodec(CATEGORIES, FIELDS);
    NewValuesCodec requests = new NewValuesCodec(CATEGORIES, FIELDS);
    List<String> texts = List.of("red", "grün");
    CategoryIds ids = CategoryIds.initial(FIELDS);
    byte[] part = vocabularies.encode(0, 0, Vocabulary.empty(INPUT.size()).with(texts));
    return List.of(
        target(
            "vocabulary",
            List.of(part),
            bytes -> vocabularies.decode(bytes).appliedTo(ids),
            List.of(UnusableVocabularyException.class)),
        target(
            "new-values",
            List.of(requests.encode(0, texts)),
            bytes -> ids.vocabulary(0).with(requests.decode(bytes).getValues()),
            List.of(UnusableVocabularyException.class)));
  }
}
