package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.Change;
import io.millrace.schemas.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A worker's {@link Change} to the bytes of its {@link Update} records. {@link UpdateAssembly} is the way back. */
public final class UpdateCodec {
  private final AvroSerde<Update> serde = AvroSerde.of(Update.class);
  private final ModelSpec spec;

  public UpdateCodec(ModelSpec spec) {
    this.spec = spec;
  }

  /** @param newestWindow offset of the newest window in it */
  public List<byte[]> encode(int worker, Change change, long newestWindow) {
    ParameterParts delta = ParameterParts.of(change.delta());
    List<byte[]> records = new ArrayList<>();
    for (int part = 0; part < delta.parts().size(); part++) {
      records.add(serde.encode(new Update(
          spec.signature(),
          change.baseVersion(),
          worker,
          change.sequence(),
          part,
          delta.parts().size(),
          change.tally().windows(),
          change.tally().steps(),
          change.tally().lossSum(),
          newestWindow,
          delta.checksum(),
          ByteBuffer.wrap(delta.parts().get(part)))));
    }
    return records;
  }
}
