package io.millrace.topology.score;

import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Observation;
import io.millrace.serde.mapping.BadEventException;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import io.millrace.serde.mapping.Reason;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.kafka.streams.processor.api.Record;

/** Bytes from outside to an event that can be scored, whoever maps it. */
final class EventReader {
  private final EventMapper mapper;
  private final CategoryReader categories;
  private final ModelSpec spec;

  EventReader(EventMapper mapper, CategoryReader categories, ModelSpec spec) {
    this.mapper = mapper;
    this.categories = categories;
    this.spec = spec;
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
    checkFeatures(event.features());
    checkCategories(event.categories());
    OptionalDouble label = label(event);
    return new ReadEvent(
        event,
        new Observation(
            event.time(),
            in.timestamp(),
            event.features(),
            categories.ids(event.categories()),
            label));
  }

  private void checkFeatures(double[] features) {
    requireWidth("features", spec.features(), features.length, "model.inputs");
    for (int f = 0; f < features.length; f++) {
      Sizes.require("features[" + f + "]", features[f]);
    }
  }

  private void checkCategories(List<String> texts) {
    int fields = spec.input().categories().size();
    requireWidth("categories", fields, texts.size(), "model.categories");
  }

  private static void requireWidth(String field, int expected, int actual, String setting) {
    if (actual != expected) {
      throw new BadEventException(
          Reason.WRONG_WIDTH,
          "field=" + field + ", expected=" + expected + ", actual=" + actual + ". Send as many as "
              + setting + " says.");
    }
  }

  /** Nothing for a head that no label is held against. */
  private OptionalDouble label(MappedEvent event) {
    if (event.label().isEmpty() || spec.head().isLazy()) {
      return OptionalDouble.empty();
    }
    LabelReader.check(spec.head(), event.label().getAsDouble());
    return event.label();
  }
}
