package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.schemas.Import;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Weights from outside to the bytes of their {@link Import} records. {@link ImportAssembly} is the way back. */
public final class ImportCodec {
  private final AvroSerde<Import> serde = AvroSerde.of(Import.class);
  private final ModelSpec spec;

  public ImportCodec(ModelSpec spec) {
    this.spec = spec;
  }

  public List<byte[]> encode(ImportedWeights weights) {
    ParameterParts values = ParameterParts.of(weights.values());
    List<byte[]> records = new ArrayList<>();
    for (int part = 0; part < values.parts().size(); part++) {
      records.add(serde.encode(new Import(
          spec.signature(),
          weights.number(),
          part,
          values.parts().size(),
          ByteBuffer.wrap(values.parts().get(part)),
          values.checksum(),
          weights.origin())));
    }
    return records;
  }
}
