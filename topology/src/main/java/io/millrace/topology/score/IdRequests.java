package io.millrace.topology.score;

import io.millrace.serde.NewValuesCodec;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.CategoryMeters;
import io.millrace.topology.weights.VocabularyKeys;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Counts the texts that have no id, and asks the merge to give them one. Only the merge does, so that every task has the same ids. */
final class IdRequests implements CategoryReader.Strangers {
  private final ProcessorContext<byte[], byte[]> context;
  private final CategoryMeters meters;
  private final NewValuesCodec codec;
  private final String model;
  private final boolean asks;
  private final AskedLately asked = new AskedLately();

  IdRequests(
      ProcessorContext<byte[], byte[]> context, ScoreSettings settings, CategoryMeters meters) {
    this.context = context;
    this.meters = meters;
    this.codec = new NewValuesCodec(settings.spec(), settings.categories());
    this.model = settings.model();
    this.asks = settings.asksForIds();
  }

  @Override
  public void met(int field, String text, boolean canLearn) {
    meters.unknown(field);
    if (asks && canLearn && asked.isDue(field, text, context.currentSystemTimeMs())) {
      context.forward(
          new Record<>(
              VocabularyKeys.ofRequest(model, field),
              codec.encode(field, List.of(text)),
              Math.max(0, context.currentStreamTimeMs())),
          Names.NEW_VALUES_SINK);
    }
  }
}
