package io.millrace.topology.weights;

import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableWeightsException;
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
 * Follows the {@code weights} topic for the whole instance. Parts gather until a version is whole; only then is it posted. What
 * cannot be believed is logged and counted, and the version before stays: an exception here would stop the instance.
 */
public final class WeightsProcessor implements Processor<byte[], byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(WeightsProcessor.class);

  private final WeightsBoard board;
  private final LearnMeters meters;
  private final WeightsAssembly assembly;
  private KeyValueStore<Bytes, byte[]> store;

  public WeightsProcessor(WeightsBoard board, LearnMeters meters) {
    this.board = board;
    this.meters = meters;
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
    try {
      Optional<MergedWeights> whole = assembly.add(part.value());
      whole.ifPresent(this::post);
    } catch (UnusableWeightsException e) {
      if (e.isForeign() && board.merged().version() == 0) {
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
