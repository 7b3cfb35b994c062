package io.millrace.topology.score;

import io.millrace.serde.mapping.Reason;
import io.millrace.topology.weights.ForeignWeightsException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The net under the score stage: one event that brings a fault of ours to light must not stop its partition for good. Faults of
 * Kafka or of the store are no event's fault and stop the task as ever, and so do weights that are another model's.
 */
public final class UnexpectedFaultHandler implements ProcessingExceptionHandler {
  /** Name of the topic for dead letters, among the handler's settings. */
  public static final String TOPIC = "millrace.dead.letters.topic";

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFaultHandler.class);

  private String topic;

  @Override
  public void configure(Map<String, ?> configs) {
    topic = (String) configs.get(TOPIC);
  }

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception fault) {
    if (fault instanceof KafkaException
        || fault instanceof ForeignWeightsException
        || context.sourceRawValue() == null) {
      return Response.fail();
    }
    String place = new RecordPlace(context.topic(), context.partition(), context.offset()).text();
    LOG.error("event rejected: reason={}, place={}", Reason.UNEXPECTED.text(), place, fault);
    return Response.resume(List.of(new ProducerRecord<>(
        topic,
        null,
        context.timestamp(),
        context.sourceRawKey(),
        context.sourceRawValue(),
        DeadLetter.headers(
            context.headers(), Reason.UNEXPECTED, place, context.timestamp(), fault))));
  }
}
