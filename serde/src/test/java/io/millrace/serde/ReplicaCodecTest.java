package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import io.millrace.model.learn.optimizer.OptimizerState;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.DropReason;
import io.millrace.model.learn.sync.DroppedSteps;
import io.millrace.model.learn.sync.ReplicaState;
import io.millrace.model.learn.sync.Tally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaCodecTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 1, 1, 1, Head.FORECAST);

  private final ReplicaCodec codec = new ReplicaCodec(SPEC);

  private static float[] ramp(ModelSpec spec, float first) {
    float[] values = new float[new ParameterLayout(spec).size()];
    for (int n = 0; n < values.length; n++) {
      values[n] = first + 0.25f * n;
    }
    return values;
  }

  private static ReplicaState state(ModelSpec spec) {
    return state(spec, ramp(spec, 1));
  }

  /** One that has just cut: two of its values, a zero's sign among them, are not what it published. */
  private static ReplicaState cut() {
    float[] values = ramp(SPEC, -2);
    values[8] = -values[8];
    values[20] += 0.5f;
    return state(SPEC, values);
  }

  private static ReplicaState state(ModelSpec spec, float[] values) {
    return new ReplicaState(
        41,
        7,
        values,
        ramp(spec, -2),
        new OptimizerState(
            Kind.ADAM, 1234, 1200, new float[][] {ramp(spec, 0.5f), ramp(spec, 100)}),
        new Tally(3, 96, 12.5),
        List.of(
            new Change(40, 6, new Tally(64, 2048, 900.25), ramp(spec, 0.125f)),
            new Change(41, 7, new Tally(60, 1920, -3.5), ramp(spec, -0.125f))),
        DroppedSteps.NONE
            .plus(DropReason.NON_FINITE_GRADIENT, 32)
            .plus(DropReason.ROLLED_BACK, 64));
  }

  private byte[] row() {
    return codec.encode(state(SPEC)).get(0);
  }

  @Test
  void aStateComesBackAsItWent() {
    ReplicaState state = state(SPEC);

    assertThat(codec.decode(codec.encode(state))).usingRecursiveComparison().isEqualTo(state);
  }

  @Test
  void version1IsWrittenAndReadAsEver() throws IOException {
    byte[] golden = Golden.bytes("replica-v1.hex");

    assertThat(row()).isEqualTo(golden);
    assertThat(codec.decode(List.of(golden))).usingRecursiveComparison().isEqualTo(state(SPEC));
  }

  @Test
  void version2IsWrittenAfterACutAndReadAsEver() throws IOException {
    byte[] golden = Golden.bytes("replica-v2.hex");

    assertThat(codec.encode(cut()).get(0)).isEqualTo(golden);
    assertThat(golden).hasSize(row().length - 4 * 21 + 4 + 2 * 8);
    ReplicaState back = codec.decode(List.of(golden));
    assertThat(back).usingRecursiveComparison().isEqualTo(cut());
    assertThat(1 / back.values()[8]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({
    "152,-1,differences",
    "152,3,length",
    "152,2147483647,length",
    "156,-1,index at 156",
    "156,20,index at 164",
    "164,8,index at 164",
    "164,21,index at 164",
    "168,2139095040,value at 168"
  })
  void aForgedDifferenceIsRefusedByName(int offset, int forged, String field) {
    byte[] row = codec.encode(cut()).get(0);
    ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, forged);

    assertThatThrownBy(() -> codec.decode(List.of(sealed(row))))
        .isInstanceOf(CorruptLearnerException.class)
        .hasMessageContaining("field=" + field + ",");
  }

  @Test
  void aRowOfDifferencesThatIsCutIsNoticedAtEveryLength() {
    byte[] row = codec.encode(cut()).get(0);
    for (int length = 8; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      if (length >= 20) {
        ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(16, length);
      }
      assertThatThrownBy(() -> codec.decode(List.of(sealed(cut))))
          .as("length %d", length)
          .isInstanceOf(CorruptLearnerException.class);
    }
  }

  @Test
  void everyReasonHasItsSlot() {
    assertThat(LearnerLayout.REASONS).containsExactlyInAnyOrder(DropReason.values());
    assertThat(ReplicaLayout.KINDS).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void aLongRowTravelsInPartsThatARecordCanHold() {
    ModelSpec wide = new ModelSpec(Cell.LSTM, 16, 1, 128, Head.FORECAST);
    ReplicaCodec wideCodec = new ReplicaCodec(wide);

    List<byte[]> parts = wideCodec.encode(state(wide));

    assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.length <= 512 * 1024);
    assertThat(Parts.join(wideCodec.encode(wideCodec.decode(parts)))).isEqualTo(Parts.join(parts));
    assertThatThrownBy(() -> wideCodec.decode(parts.subList(0, parts.size() - 1)))
        .hasMessageContaining("field=length,");
  }

  @ParameterizedTest
  @CsvSource({
    "0,magic",
    "2,version",
    "3,checksum",
    "4,checksum",
    "8,checksum",
    "16,length",
    "20,checksum",
    "24,checksum",
    "144,checksum",
    "160,checksum"
  })
  void aDamagedByteIsNoticedAndNamed(int offset, String field) {
    byte[] row = row();
    row[offset] ^= 0x10;

    assertThatThrownBy(() -> codec.decode(List.of(row)))
        .isInstanceOf(CorruptLearnerException.class)
        .hasMessageContaining("field=" + field + ",");
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
    "8,signature",
    "20,parameters",
    "127,loss sum",
    "144,length",
    "147,moments",
    "148,length",
    "151,changes"
  })
  void aForgedFieldIsRefusedByName(int offset, String field) {
    byte[] row = row();
    row[offset] = (byte) (offset == 127 ? 0x7F : row[offset] ^ 0x81);
    if (offset == 127) {
      row[126] = (byte) 0xF0;
    }

    assertThatThrownBy(() -> codec.decode(List.of(sealed(row))))
        .isInstanceOf(CorruptLearnerException.class)
        .hasMessageContaining("field=" + field + ",");
  }

  @Test
  void anUnknownOptimizerIsRefusedByNumber() {
    byte[] row = row();
    row[3] = 5;

    assertThatThrownBy(() -> codec.decode(List.of(sealed(row))))
        .hasMessage("replica row rejected: field=optimizer, expected=0 to 4, actual=5."
            + " Reset the learner or restore what it wrote.");
  }

  @Test
  void aForgedValueThatIsNotFiniteIsRefused() {
    byte[] row = row();
    ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).putFloat(row.length - 4, Float.NaN);

    assertThatThrownBy(() -> codec.decode(List.of(sealed(row))))
        .hasMessageContaining("field=value at " + (row.length - 4) + ", expected=finite");
  }

  private static byte[] sealed(byte[] row) {
    ByteBuffer.wrap(row)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(LearnerLayout.CHECKSUM_AT, LearnerRow.checksum(row));
    return row;
  }
}
