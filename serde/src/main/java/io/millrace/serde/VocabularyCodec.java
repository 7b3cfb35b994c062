package io.millrace.serde;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.model.category.Vocabulary;
import java.util.List;

/** The parts of a field's vocabulary to the bytes of their records, and back with suspicion. */
public final class VocabularyCodec {
  private final AvroSerde<io.millrace.schemas.Vocabulary> serde =
      AvroSerde.of(io.millrace.schemas.Vocabulary.class);
  private final VocabularyChecks checks;
  private final List<CategoryInput> fields;
  private final String signature;

  /** @param fields the model's categorical fields */
  public VocabularyCodec(ModelSpec spec, List<CategoryInput> fields) {
    this.checks = new VocabularyChecks(spec, fields);
    this.fields = List.copyOf(fields);
    this.signature = spec.signature();
  }

  /** @param part one that the vocabulary has texts for */
  public byte[] encode(int field, int part, Vocabulary vocabulary) {
    int first = part * VocabularyPart.SIZE;
    int end = Math.min(first + VocabularyPart.SIZE, vocabulary.values().size());
    return serde.encode(new io.millrace.schemas.Vocabulary(
        signature, field, part, vocabulary.values().subList(first, end)));
  }

  /**
   * @throws UndecodableException when the bytes are no such record
   * @throws UnknownSchemaException when they name a schema that is not known
   * @throws UnusableVocabularyException naming the first field that cannot be believed
   */
  public VocabularyPart decode(byte[] bytes) {
    io.millrace.schemas.Vocabulary record = checks.present(serde.decode(bytes));
    checks.signature(record.getSignature());
    int field = record.getField();
    checks.field(field);
    int texts = fields.get(field).size() - 1;
    int lastPart = (texts - 1) / VocabularyPart.SIZE;
    int part = record.getPart();
    if (part < 0 || part > lastPart) {
      throw new UnusableVocabularyException("part", "0 to " + lastPart, part);
    }
    checks.values(
        record.getValues(), Math.min(VocabularyPart.SIZE, texts - part * VocabularyPart.SIZE));
    return new VocabularyPart(field, part, record.getValues());
  }
}
