package io.millrace.serde.avro;

import io.millrace.schemas.Event;
import io.millrace.serde.OwnRecords;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Millrace's own {@link Event}: nothing to map. */
public final class MillraceEventMapper implements EventMapper {
  private static final Schema EARLIER = OwnRecords.firstSchemaOf(Event.class);

  private final Function<byte[], Event> decoder;

  private MillraceEventMapper(Function<byte[], Event> decoder) {
    this.decoder = decoder;
  }

  /** Events in single-object encoding, also those from before they had categories, a label and an end. */
  public static MillraceEventMapper singleObject() {
    return new MillraceEventMapper(OwnDecoder.singleObject(Event.class, Set.of(EARLIER)));
  }

  /** Events in a format that can name other versions of their schema. */
  public static MillraceEventMapper of(WireFormat format) {
    return new MillraceEventMapper(OwnDecoder.of(format, Event.class));
  }

  @Override
  public MappedEvent map(RawEvent in) {
    Event event = decoder.apply(in.value());
    return new MappedEvent(
        in.key(),
        Optional.ofNullable(event.getId()),
        event.getTime().toEpochMilli(),
        features(event.getFeatures()),
        new ArrayList<>(event.getCategories()),
        label(event.getLabel()),
        event.getEnd());
  }

  private static OptionalDouble label(Double label) {
    return label == null ? OptionalDouble.empty() : OptionalDouble.of(label);
  }

  private static double[] features(List<Double> values) {
    double[] features = new double[values.size()];
    for (int f = 0; f < features.length; f++) {
      features[f] = values.get(f);
    }
    return features;
  }
}
