package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.schemas.Import;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The parts of imports as they come, until one is whole. Holds one unfinished import: another one displaces it. */
public final class ImportAssembly {
  private final AvroSerde<Import> serde = AvroSerde.of(Import.class);
  private final ModelSpec spec;
  private final int size;
  private long number;
  private PartAssembly parts;

  public ImportAssembly(ModelSpec spec) {
    this.spec = spec;
    this.size = new ParameterLayout(spec).size();
  }

  /**
   * @throws UndecodableException when the bytes are no import
   * @throws UnknownSchemaException when they name a schema that is not known
   * @throws UnusableWeightsException naming the first field that cannot be believed
   */
  public ImportPart read(byte[] bytes) {
    if (bytes == null) {
      throw new UnusableWeightsException("value", "an import", null);
    }
    Import part = serde.decode(bytes);
    if (!part.getSignature().equals(spec.signature())) {
      throw UnusableWeightsException.foreign(spec.signature(), part.getSignature());
    }
    if (part.getNumber() <= 0) {
      throw new UnusableWeightsException("number", "above 0", part.getNumber());
    }
    return new ImportPart(part);
  }

  /**
   * @return the import that this part completes
   * @throws CorruptLearnerException when the parts do not make such parameters
   */
  public Optional<ImportedWeights> add(ImportPart part) {
    Import record = part.record();
    if (parts == null || record.getNumber() != number) {
      number = record.getNumber();
      parts = new PartAssembly(size);
    }
    parts.add(record.getPart(), record.getParts(), bytes(record.getParameters()));
    if (!parts.isComplete()) {
      return Optional.empty();
    }
    PartAssembly whole = parts;
    parts = null;
    float[] values = whole.join(record.getChecksum());
    return Optional.of(new ImportedWeights(number, values, record.getOrigin()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
