package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.schemas.Weights;
import io.millrace.schemas.WorkerSequence;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsAssemblyTest {
  /** Two parts. */
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 4, 1, 180, Head.FORECAST);

  private static final AvroSerde<Weights> SERDE = AvroSerde.of(Weights.class);

  private final WeightsAssembly assembly = new WeightsAssembly(SPEC);

  private static float[] values() {
    return new float[new ParameterLayout(SPEC).size()];
  }

  private static List<byte[]> parts(long version) {
    return parts(new MergedWeights(
        version, values(), Map.of(2, 9L), 100, 0.5, new Rollback(version, version)));
  }

  private static List<byte[]> parts(MergedWeights weights) {
    return new WeightsCodec(SPEC).encode(weights, 0);
  }

  private static byte[] changed(byte[] part, String field, Object value) {
    Weights record = SERDE.decode(part);
    record.put(field, value);
    return SERDE.encode(record);
  }

  private void assertComes(long version) {
    assertThat(assembly.add(parts(version).get(0))).isEmpty();
    assertThat(assembly.add(parts(version).get(1)))
        .hasValueSatisfying(whole -> assertThat(whole.version()).isEqualTo(version));
  }

  private void assertRefused(byte[] part, Class<?> type, String facts) {
    assertThatThrownBy(() -> assembly.add(part)).isInstanceOf(type).hasMessageContaining(facts);
  }

  @Test
  void aPartThatIsRefusedHoldsOffNothingThatComesAfterIt() {
    byte[] forged = changed(parts(900).get(0), "parameters", ByteBuffer.allocate(8));

    assertRefused(forged, CorruptLearnerException.class, "field=length of part 0");

    assertComes(5);
  }

  @Test
  void aVersionThatNeverBecomesWholeHoldsOffNothingThatComesAfterIt() {
    assertComes(4);
    assertThat(assembly.add(parts(900).get(0))).isEmpty();

    assertComes(5);
  }

  @Test
  void aBrokenVersionIsTakenWhenItIsSentAgain() {
    byte[] damaged = parts(5).get(0);
    damaged[damaged.length / 2] ^= 1;
    assembly.add(damaged);

    assertRefused(parts(5).get(1), CorruptLearnerException.class, "field=checksum");

    assertComes(5);
  }

  @Test
  void aVersionGoesNeitherBackNorOutOfSight() {
    assertComes(4);

    assertThat(assembly.add(parts(3).get(0))).isEmpty();
    assertThat(assembly.add(parts(3).get(1))).isEmpty();
    assertRefused(
        parts(1_000_005).get(0),
        UnusableWeightsException.class,
        "field=version, expected=0 to 1000004, actual=1000005");

    assertComes(5);
  }

  @Test
  void aParameterThatIsNotFiniteIsRefused() {
    float[] values = values();
    values[values.length - 1] = Float.NEGATIVE_INFINITY;
    List<byte[]> parts = parts(new MergedWeights(1, values, Map.of(), 100, 0.5, Rollback.NONE));
    assembly.add(parts.get(0));

    assertRefused(
        parts.get(1),
        CorruptLearnerException.class,
        "field=parameter " + (values.length - 1) + ", expected=finite, actual=-Infinity");
  }

  @Test
  void figuresThatNobodyCountsAreRefusedByName() {
    byte[] valid = parts(5).get(0);
    Class<?> type = UnusableWeightsException.class;
    assertRefused(changed(valid, "version", -1L), type, "field=version,");
    assertRefused(changed(valid, "stepsLearned", -1L), type, "field=stepsLearned,");
    assertRefused(changed(valid, "rollbackVersion", 6L), type, "field=rollbackVersion,");
    assertRefused(changed(valid, "rolledBackTo", -1L), type, "field=rolledBackTo,");
    assertRefused(
        changed(valid, "merged", List.of(new WorkerSequence(-1, 1L))), type, "field=worker,");
    assertRefused(
        changed(valid, "merged", List.of(new WorkerSequence(1, -1L))), type, "field=sequence,");
  }
}
