package io.millrace.serde.avro;

import io.millrace.schemas.Label;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.MappedEvent;
import io.millrace.serde.mapping.RawEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** Millrace's own {@link Label}: nothing to map. */
public final class MillraceLabelMapper implements EventMapper {
  private static final double[] NO_FEATURES = new double[0];

  private final Function<byte[], Label> decoder;

  private MillraceLabelMapper(Function<byte[], Label> decoder) {
    this.decoder = decoder;
  }

  /** Labels in single-object encoding. */
  public static MillraceLabelMapper singleObject() {
    return new MillraceLabelMapper(OwnDecoder.singleObject(Label.class, Set.of()));
  }

  /** Labels in a format that can name other versions of their schema. */
  public static MillraceLabelMapper of(WireFormat format) {
    return new MillraceLabelMapper(OwnDecoder.of(format, Label.class));
  }

  @Override
  public MappedEvent map(RawEvent in) {
    Label label = decoder.apply(in.value());
    return new MappedEvent(
        in.key(),
        Optional.of(label.getId()),
        label.getTime().toEpochMilli(),
        NO_FEATURES,
        List.of(),
        OptionalDouble.of(label.getValue()),
        false);
  }
}
