package io.millrace.topology.command;

import io.millrace.serde.mapping.Reason;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reason as it stands in headers and metrics. */
final class ReasonConverter implements ITypeConverter<Reason> {
  @Override
  public Reason convert(String text) {
    return Reason.of(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
            + Stream.of(Reason.values()).map(Reason::text).collect(Collectors.joining(", "))));
  }
}
