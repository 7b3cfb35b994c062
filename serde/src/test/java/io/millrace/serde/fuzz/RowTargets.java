package io.millrace.serde.fuzz;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.Step;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.CorruptRowException;
import io.millrace.serde.CorruptStateException;
import io.millrace.serde.KeyStateCodec;
import io.millrace.serde.MergeCodec;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.ReplicaCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** The rows of the stores: what a disk, or whoever writes to a changelog, may have made of them. */
final class RowTargets {
  private static final ModelSpec STATES = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);
  private static final ModelSpec LEARNER = new ModelSpec(Cell.LSTM, 1, 1, 1, Head.FORECAST);

  /** Every row of ours has it there, over all its other bytes. */
  private static final int CHECKSUM_AT = 4;

  /** Rows of the learner tell their length too. */
  private static final int LENGTH_AT = 16;

  private RowTargets() {}

  static List<FuzzTarget> all() throws IOException {
    List<FuzzTarget> targets = new ArrayList<>();
    targets.add(keyState("key-state-v1.hex"));
    targets.add(keyState("key-state-v2.hex"));
    targets.addAll(openWindows());
    targets.addAll(learner());
    return targets;
  }

  /** What is taken must be such that it can be stored and taken again. */
  private static FuzzTarget keyState(String golden) throws IOException {
    KeyStateCodec codec = new KeyStateCodec(STATES);
    FuzzTarget.Decoder decoder = bytes -> {
      KeyState state = codec.decode(bytes);
      again(() -> codec.decode(codec.encode(state)));
    };
    return FuzzTarget.of(
            golden.replace(".hex", ""),
            List.of(golden(golden)),
            decoder,
            CorruptStateException.class)
        .resealedBy(RowTargets::sealed);
  }

  private static void again(Runnable decoding) {
    try {
      decoding.run();
    } catch (RuntimeException e) {
      throw new IllegalStateException("taken once, but not again", e);
    }
  }

  private static List<FuzzTarget> openWindows() {
    OpenWindowCodec codec = new OpenWindowCodec(STATES);
    HiddenState hidden = HiddenState.initial(STATES);
    byte[] head = codec.encode(new OpenWindowCodec.Head(3, 7, 1_000, hidden));
    byte[] step =
        codec.encode(new Step(4, 900, hidden, new float[] {1, -1}, new float[] {0.5f, 2}));
    return List.of(
        FuzzTarget.of("window-head", List.of(head), codec::decodeHead, CorruptRowException.class)
            .resealedBy(RowTargets::sealed),
        FuzzTarget.of("window-step", List.of(step), codec::decodeStep, CorruptRowException.class)
            .resealedBy(RowTargets::sealed));
  }

  private static List<FuzzTarget> learner() throws IOException {
    ReplicaCodec replica = new ReplicaCodec(LEARNER);
    MergeCodec merge = new MergeCodec(LEARNER);
    return List.of(
        FuzzTarget.of(
                "replica-row",
                List.of(golden("replica-v1.hex")),
                bytes -> replica.decode(List.of(bytes)),
                CorruptLearnerException.class)
            .resealedBy(RowTargets::sealedWithLength),
        FuzzTarget.of(
                "merge-row",
                List.of(golden("merge-v1.hex")),
                bytes -> merge.decode(List.of(bytes)),
                CorruptLearnerException.class)
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

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = RowTargets.class.getResourceAsStream("/golden/" + name)) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }
}
