package io.millrace.topology.score;

import io.millrace.model.scoring.Observation;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import org.apache.kafka.streams.processor.api.Record;

/** Bytes from outside to an event that can be scored, whoever maps it. */
final class EventReader {
  private final EventMapper mapper;
  private final int width;

  /** @param width F, the model's inputs */
  EventReader(EventMapper mapper, int width) {
    this.mapper = mapper;
    this.width = width;
  }

  /** @throws BadEventException with the reason, when it cannot */
  ReadEvent read(Record<byte[], byte[]> in) {
    if (in.value() == null) {
      throw new BadEventException(
          Reason.NULL_VALUE,
          "field=value, actual=null. Events are not deleted one by one; send none.");
    }
    MappedEvent event =
        mapper.map(new RawEvent(in.key(), in.value(), in.timestamp(), in.headers()));
    if (event.key() == null) {
      throw new BadEventException(
          Reason.NULL_KEY, "field=key, actual=null. Key events by their entity.");
    }
    check(event.features());
    return new ReadEvent(event, new Observation(event.time(), in.timestamp(), event.features()));
  }

  private void check(double[] features) {
    if (features.length != width) {
      throw new BadEventException(
          Reason.WRONG_WIDTH,
          "field=features, expected=" + width + ", actual=" + features.length
              + ". Send as many as model.inputs says.");
    }
    for (int f = 0; f < width; f++) {
      if (!Double.isFinite(features[f])) {
        throw new BadEventException(
            Reason.NON_FINITE,
            "field=features[" + f + "], actual=" + features[f] + ". Send finite numbers only.");
      }
    }
  }
}
