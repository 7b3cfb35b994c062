package io.millrace.topology.transfer;

import io.millrace.model.category.CategoryIds;
import io.millrace.model.category.Vocabulary;
import io.millrace.serde.NewValuesCodec;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.weights.VocabularyKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A file's vocabularies, which have to be everybody's before its weights are: a field's texts have the same ids on both sides, and the
 * merge gives ids to those that only the file has.
 */
final class VocabularyImport {
  private final MillraceConfig config;
  private final CategoryIds file;

  VocabularyImport(MillraceConfig config, CategoryIds file) {
    this.config = config;
    this.file = file;
  }

  /** @throws TransferException naming the first text that has another id here than in the file */
  void requireSameIds(CategoryIds here) {
    for (int field = 0; field < file.fields().size(); field++) {
      List<String> theirs = file.vocabulary(field).values();
      List<String> ours = here.vocabulary(field).values();
      int common = here.vocabulary(field).commonTexts(theirs);
      if (common < Math.min(theirs.size(), ours.size())) {
        throw new TransferException("import rejected: field=id " + (common + 1)
            + " of vocabulary." + field + ", expected=" + ours.get(common) + ", actual="
            + theirs.get(common) + ". The weights were learned with other ids; begin with them"
            + " instead, by " + Settings.MODEL_INITIAL + " and a new topic.weights.");
      }
    }
  }

  /** Whether every text of the file has its id here. */
  boolean isKnown(CategoryIds here) {
    for (int field = 0; field < file.fields().size(); field++) {
      if (!missing(field, here).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private List<String> missing(int field, CategoryIds here) {
    Vocabulary theirs = file.vocabulary(field);
    int known = Math.min(theirs.values().size(), here.vocabulary(field).values().size());
    return theirs.values().subList(known, theirs.values().size());
  }

  /** What asks the merge for the ids that are missing here, in their order. */
  List<ProducerRecord<byte[], byte[]>> requests(CategoryIds here) {
    NewValuesCodec codec = new NewValuesCodec(config.modelSpec(), config.categoryFields());
    String model = config.getString(Settings.MODEL_NAME);
    List<ProducerRecord<byte[], byte[]>> requests = new ArrayList<>();
    for (int field = 0; field < file.fields().size(); field++) {
      List<String> missing = missing(field, here);
      for (int from = 0; from < missing.size(); from += NewValuesCodec.MOST) {
        List<String> some =
            missing.subList(from, Math.min(missing.size(), from + NewValuesCodec.MOST));
        requests.add(new ProducerRecord<>(
            config.topics().updates(),
            VocabularyKeys.ofRequest(model, field),
            codec.encode(field, some)));
      }
    }
    return requests;
  }
}
