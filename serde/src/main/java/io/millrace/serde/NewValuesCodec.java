package io.millrace.serde;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.schemas.NewValues;
import java.util.List;

/** Texts without an id to the bytes of their {@link NewValues} record, and back with suspicion. */
public final class NewValuesCodec {
  /** Texts of one record. */
  public static final int MOST = 1024;

  private final AvroSerde<NewValues> serde = AvroSerde.of(NewValues.class);
  private final VocabularyChecks checks;
  private final String signature;

  /** @param fields the model's categorical fields */
  public NewValuesCodec(ModelSpec spec, List<CategoryInput> fields) {
    this.checks = new VocabularyChecks(spec, fields);
    this.signature = spec.signature();
  }

  /** @param values {@value #MOST} at most */
  public byte[] encode(int field, List<String> values) {
    return serde.encode(new NewValues(signature, field, values));
  }

  /**
   * @throws UndecodableException when the bytes are no such record
   * @throws UnknownSchemaException when they name a schema that is not known
   * @throws UnusableVocabularyException naming the first field that cannot be believed
   */
  public NewValues decode(byte[] bytes) {
    NewValues record = checks.present(serde.decode(bytes));
    checks.signature(record.getSignature());
    checks.field(record.getField());
    checks.values(record.getValues(), MOST);
    return record;
  }
}
