package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.schemas.Weights;
import io.millrace.schemas.WorkerSequence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@link MergedWeights} to the bytes of their {@link Weights} records. {@link WeightsAssembly} is the way back. */
public final class WeightsCodec {
  private final AvroSerde<Weights> serde = AvroSerde.of(Weights.class);
  private final ModelSpec spec;

  public WeightsCodec(ModelSpec spec) {
    this.spec = spec;
  }

  /** @param configHash stands for the settings of the learner */
  public List<byte[]> encode(MergedWeights weights, long configHash) {
    ParameterParts values = ParameterParts.of(weights.values());
    List<WorkerSequence> merged = weights.sequences().entrySet().stream()
        .map(entry -> new WorkerSequence(entry.getKey(), entry.getValue()))
        .toList();
    List<byte[]> records = new ArrayList<>();
    for (int part = 0; part < values.parts().size(); part++) {
      records.add(serde.encode(new Weights(
          weights.version(),
          spec.signature(),
          part,
          values.parts().size(),
          ByteBuffer.wrap(values.parts().get(part)),
          values.checksum(),
          weights.stepsLearned(),
          weights.loss(),
          merged,
          weights.rollback().version(),
          weights.rollback().rolledBackTo(),
          configHash)));
    }
    return records;
  }
}
