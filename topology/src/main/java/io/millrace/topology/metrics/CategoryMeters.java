package io.millrace.topology.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.CategoryInput;
import io.millrace.model.category.CategoryIds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The meters of categorical fields, each by the field's number; safe for many threads. */
public final class CategoryMeters {
  public static final String UNKNOWN = "millrace.categories.unknown";
  public static final String FIELD = "field";

  private final List<Counter> unknown = new ArrayList<>();

  /** @param newest the ids that texts have */
  public CategoryMeters(MeterRegistry registry, Supplier<CategoryIds> newest) {
    List<CategoryInput> fields = newest.get().fields();
    for (int field = 0; field < fields.size(); field++) {
      unknown.add(Counter.builder(UNKNOWN)
          .description("Values of events that had no id, so that they were scored as the unknown")
          .tag(FIELD, String.valueOf(field))
          .register(registry));
      if (fields.get(field).grows()) {
        vocabulary(registry, newest, field);
      }
    }
  }

  private static void vocabulary(MeterRegistry registry, Supplier<CategoryIds> newest, int field) {
    Gauge.builder(
            "millrace.vocabulary.values",
            () -> newest.get().vocabulary(field).values().size())
        .description("Texts that have an id here")
        .tag(FIELD, String.valueOf(field))
        .register(registry);
  }

  public void unknown(int field) {
    unknown.get(field).increment();
  }
}
