package io.millrace.topology.score;

import io.millrace.model.scoring.Observation;
import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;

/** Bytes from outside to an event that can be scored. */
final class EventReader {
  private final AvroSerde<Event> serde = AvroSerde.of(Event.class);
  private final int width;

  /** @param width F, the model's inputs */
  EventReader(int width) {
    this.width = width;
  }

  /** @throws BadEventException with the reason, when it cannot */
  ReadEvent read(Record<byte[], byte[]> in) {
    if (in.key() == null) {
      throw bad(Reason.NULL_KEY, "field=key, actual=null. Key events by their entity.");
    }
    if (in.value() == null) {
      throw bad(
          Reason.NULL_VALUE,
          "field=value, actual=null. Events are not deleted one by one; send none.");
    }
    Event event = decode(in.value());
    return new ReadEvent(
        event, new Observation(event.getTime().toEpochMilli(), in.timestamp(), features(event)));
  }

  private Event decode(byte[] bytes) {
    try {
      return serde.decode(bytes);
    } catch (UnknownSchemaException e) {
      throw new BadEventException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
    } catch (UndecodableException e) {
      throw new BadEventException(Reason.UNDECODABLE, e.getMessage(), e);
    }
  }

  private double[] features(Event event) {
    List<Double> values = event.getFeatures();
    if (values.size() != width) {
      throw bad(
          Reason.WRONG_WIDTH,
          "field=features, expected=" + width + ", actual=" + values.size()
              + ". Send as many as model.inputs says.");
    }
    double[] features = new double[width];
    for (int f = 0; f < width; f++) {
      features[f] = values.get(f);
      if (!Double.isFinite(features[f])) {
        throw bad(
            Reason.NON_FINITE,
            "field=features[" + f + "], actual=" + features[f] + ". Send finite numbers only.");
      }
    }
    return features;
  }

  private static BadEventException bad(Reason reason, String facts) {
    return new BadEventException(reason, "event rejected: " + facts, null);
  }
}
