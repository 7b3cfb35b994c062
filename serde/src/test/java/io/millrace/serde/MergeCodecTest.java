package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.DropReason;
import io.millrace.model.learn.sync.DroppedSteps;
import io.millrace.model.learn.sync.MergeState;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.model.learn.sync.RollbackState;
import io.millrace.model.learn.sync.TypicalChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeCodecTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 1, 1, 1, Head.FORECAST);
  private static final MergeSnapshot SNAPSHOT = snapshot(ramp(-3));

  private static MergeSnapshot snapshot(float[] velocity) {
    return new MergeSnapshot(
        new MergeState(
            new MergedWeights(
                57, ramp(1), Map.of(0, 31L, 2, 29L), 123_456, -0.75, new Rollback(40, 38)),
            velocity,
            Map.of(0, 57L, 2, 55L),
            new TypicalChange(60, 0.25, 2048.5),
            DroppedSteps.NONE.plus(DropReason.STALE_CHANGE, 96).plus(DropReason.ROLLED_BACK, -5)),
        new RollbackState(
            new MergedWeights(56, ramp(0.5f), Map.of(), 120_000, -0.5, new Rollback(40, 38)),
            -0.625,
            -0.5,
            130_000,
            17,
            3));
  }

  private final MergeCodec codec = new MergeCodec(SPEC);

  private static float[] ramp(float first) {
    float[] values = new float[21];
    for (int n = 0; n < values.length; n++) {
      values[n] = first + 0.25f * n;
    }
    return values;
  }

  private byte[] row() {
    return codec.encode(SNAPSHOT).get(0);
  }

  @Test
  void aSnapshotComesBackAsItWent() {
    assertThat(codec.decode(List.of(row()))).usingRecursiveComparison().isEqualTo(SNAPSHOT);
  }

  @Test
  void aMergeThatHasLearnedNothingComesBackToo() {
    MergedWeights initial = MergedWeights.initial(ramp(1));
    MergeSnapshot fresh =
        new MergeSnapshot(MergeState.initial(initial), RollbackState.initial(initial));

    MergeSnapshot back = codec.decode(codec.encode(fresh));

    assertThat(back.merge().weights().loss()).isNaN();
    assertThat(codec.encode(back).get(0)).isEqualTo(codec.encode(fresh).get(0));
  }

  @Test
  void version1IsWrittenAndReadAsEver() throws IOException {
    byte[] golden = Golden.bytes("merge-v1.hex");

    assertThat(row()).isEqualTo(golden);
    assertThat(codec.decode(List.of(golden))).usingRecursiveComparison().isEqualTo(SNAPSHOT);
  }

  @Test
  void version2IsWrittenWithoutMomentumAndReadAsEver() throws IOException {
    byte[] golden = Golden.bytes("merge-v2.hex");
    MergeSnapshot resting = snapshot(new float[21]);

    assertThat(codec.encode(resting).get(0)).isEqualTo(golden);
    assertThat(golden).hasSize(row().length - 4 * 21);
    assertThat(codec.decode(List.of(golden))).usingRecursiveComparison().isEqualTo(resting);
  }

  @Test
  void aVelocityOfNegativeZeroIsNotLeftOut() {
    float[] velocity = new float[21];
    velocity[20] = -0f;

    MergeSnapshot back = codec.decode(codec.encode(snapshot(velocity)));

    assertThat(1 / back.merge().velocity()[20]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void everySingleDamagedByteIsNoticed() {
    byte[] row = row();
    for (int at = 0; at < row.length; at++) {
      byte[] damaged = row.clone();
      damaged[at] ^= 0x01;
      assertThatThrownBy(() -> codec.decode(List.of(damaged)))
          .isInstanceOf(CorruptLearnerException.class);
    }
  }

  @Test
  void aCutRowIsNoticedAtEveryLength() {
    byte[] row = row();
    for (int length = 0; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      assertThatThrownBy(() -> codec.decode(List.of(cut)))
          .isInstanceOf(CorruptLearnerException.class);
    }
  }

  /** Whoever can write a checksum can write anything before it. */
  @ParameterizedTest
  @CsvSource({
    "136,usual norm",
    "144,usual steps",
    "192,recent loss",
    "200,usual loss",
    "228,workers",
    "240,value at 244",
    "484,value at 488"
  })
  void aForgedFieldIsRefusedByName(int offset, String field) {
    byte[] row = row();
    ByteBuffer forged = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    forged.putDouble(offset, Double.NEGATIVE_INFINITY);
    if (offset >= MergeLayout.BODY_AT) {
      forged.putFloat(offset, 0).putFloat(offset + 4, Float.NaN);
    }
    forged.putInt(LearnerLayout.CHECKSUM_AT, LearnerRow.checksum(row));

    assertThatThrownBy(() -> codec.decode(List.of(row)))
        .isInstanceOf(CorruptLearnerException.class)
        .hasMessageContaining("field=" + field + ",");
  }

  @Test
  void aReplicasRowIsNoMergesRow() {
    byte[] row = row();
    row[1] = 'R';

    assertThatThrownBy(() -> codec.decode(List.of(row)))
        .hasMessage("merge row rejected: field=magic, expected=19789, actual=21069."
            + " Reset the learner or restore what it wrote.");
  }
}
