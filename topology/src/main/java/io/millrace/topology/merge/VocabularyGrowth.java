package io.millrace.topology.merge;

import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import io.millrace.schemas.NewValues;
import io.millrace.serde.NewValuesCodec;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableVocabularyException;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.VocabularyPart;
import io.millrace.state.PartedRow;
import io.millrace.topology.weights.VocabularyKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives texts their ids, in the order in which they are asked for, which is the same for everybody because the merge is one task.
 * Stored, a vocabulary is the records that it was published in: a row {@code vocabulary/field}, one part of it each.
 */
final class VocabularyGrowth {
  private static final Logger LOG = LoggerFactory.getLogger(VocabularyGrowth.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final VocabularyCodec codec;
  private final NewValuesCodec requests;
  private final String model;

  /** Parts of each field's that the store has. */
  private final int[] storedParts;

  private CategoryIds ids;

  /** A record for the weights topic. */
  record Published(byte[] key, byte[] value) {}

  /** @param known ids that were given already, as far as this instance has heard of them; the store's go on from there */
  VocabularyGrowth(
      KeyValueStore<Bytes, byte[]> store, MergeStageSettings settings, CategoryIds known) {
    this.store = store;
    this.codec = new VocabularyCodec(settings.spec(), settings.categories());
    this.requests = new NewValuesCodec(settings.spec(), settings.categories());
    this.model = settings.model();
    this.storedParts = new int[settings.categories().size()];
    this.ids = known;
    for (int field = 0; field < settings.categories().size(); field++) {
      restore(field);
    }
  }

  private void restore(int field) {
    try {
      for (byte[] part : row(field).load()) {
        ids = codec.decode(part).appliedTo(ids);
        storedParts[field]++;
      }
    } catch (UnusableVocabularyException | UndecodableException | UnknownSchemaException e) {
      LOG.error(
          "{} The merge goes on from the {} ids of field {} that stand in the weights topic.",
          e.getMessage(),
          ids.vocabulary(field).values().size(),
          field);
    }
  }

  private PartedRow row(int field) {
    return new PartedRow(store, "vocabulary/" + field);
  }

  /**
   * @return the parts that have grown by it
   * @throws RuntimeException of the codec's, when it cannot be believed
   */
  List<Published> grow(byte[] request) {
    NewValues asked = requests.decode(request);
    int field = asked.getField();
    Vocabulary before = ids.vocabulary(field);
    Vocabulary after = before.with(asked.getValues());
    if (after == before) {
      return List.of();
    }
    ids = ids.with(field, after);
    int changed = before.values().size() / VocabularyPart.SIZE;
    return publish(field, Math.min(changed, storedParts[field])); // the store must not have gaps
  }

  /** Every part that there is. */
  List<Published> all() {
    List<Published> records = new ArrayList<>();
    for (int field = 0; field < ids.fields().size(); field++) {
      records.addAll(publish(field, 0));
    }
    return records;
  }

  private List<Published> publish(int field, int firstPart) {
    Vocabulary vocabulary = ids.vocabulary(field);
    List<Published> records = new ArrayList<>();
    for (int part = firstPart; part * VocabularyPart.SIZE < vocabulary.values().size(); part++) {
      byte[] record = codec.encode(field, part, vocabulary);
      row(field).save(part, record);
      records.add(new Published(VocabularyKeys.ofPart(model, field, part), record));
      storedParts[field] = Math.max(storedParts[field], part + 1);
    }
    return records;
  }
}
