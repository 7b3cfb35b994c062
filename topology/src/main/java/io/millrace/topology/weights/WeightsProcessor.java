package io.millrace.topology.weights;

import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableVocabularyException;
import io.millrace.serde.UnusableWeightsException;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.WeightsAssembly;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.LearnMeters;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the {@code weights} topic for the whole instance. Parts gather until a version is whole; only then is it posted. Vocabularies
 * grow with every part of theirs. What
 * cannot be believed is logged and counted, and the version before stays: an exception here would stop the instance.
 */
public final class WeightsProcessor implements Processor<byte[], byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(WeightsProcessor.class);

  private final WeightsBoard board;
  private final VocabularyBoard vocabularies;
  private final String model;
  private final LearnMeters meters;
  private final VocabularyCodec vocabularyCodec;
  private final WeightsAssembly assembly;
  private KeyValueStore<Bytes, byte[]> store;

  /** @param model its name, the first part of the records' keys */
  public WeightsProcessor(
      WeightsBoard board, VocabularyBoard vocabularies, String model, LearnMeters meters) {
    this.board = board;
    this.vocabularies = vocabularies;
    this.model = model;
    this.meters = meters;
    this.vocabularyCodec = new VocabularyCodec(board.spec(), vocabularies.ids().fields());
    this.assembly = new WeightsAssembly(board.spec());
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(Names.WEIGHTS);
  }

  /** @throws ForeignWeightsException when another model's weights stand in the topic before any of ours did */
  @Override
  public void process(Record<byte[], byte[]> part) {
    store.put(Bytes.wrap(part.key()), part.value());
    if (VocabularyKeys.match(part.key(), model)) {
      readVocabulary(part.value());
    } else {
      readWeights(part.value());
    }
  }

  private void readVocabulary(byte[] part) {
    try {
      vocabularies.post(vocabularyCodec.decode(part));
    } catch (UnusableVocabularyException e) {
      if (e.isForeign() && isUntouched()) {
        throw new ForeignWeightsException(e.getMessage());
      }
      rejectVocabulary(e);
    } catch (UndecodableException | UnknownSchemaException e) {
      rejectVocabulary(e);
    }
  }

  private void rejectVocabulary(RuntimeException cause) {
    meters.rejectedWeights();
    LOG.error("{} The ids of categories stay as they are.", cause.getMessage());
  }

  private boolean isUntouched() {
    return board.merged().version() == 0 && !vocabularies.hasGrown();
  }

  private void readWeights(byte[] part) {
    try {
      Optional<MergedWeights> whole = assembly.add(part);
      whole.ifPresent(this::post);
    } catch (UnusableWeightsException e) {
      if (e.isForeign() && isUntouched()) {
        throw new ForeignWeightsException(e.getMessage());
      }
      reject(e);
    } catch (UndecodableException | UnknownSchemaException | CorruptLearnerException e) {
      reject(e);
    }
  }

  private void post(MergedWeights weights) {
    board.post(weights);
    meters.posted(weights);
  }

  private void reject(RuntimeException cause) {
    meters.rejectedWeights();
    LOG.error(
        "{} Weights stay at version {}.", cause.getMessage(), board.merged().version());
  }
}
