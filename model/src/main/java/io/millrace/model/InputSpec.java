package io.millrace.model;

import static io.millrace.model.ModelSpec.requireRange;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the network is shown of an event, in this order.
 *
 * @param features F, the user's numeric features, from 0 to {@value #MAX_FEATURES}
 * @param builtIns what is read off the event's time
 * @param categories K categorical fields, up to {@value #MAX_CATEGORIES}
 * @param labelFeedback whether the key's last known label is shown with the next event
 */
public record InputSpec(
    int features, Set<BuiltIn> builtIns, List<CategoryInput> categories, boolean labelFeedback) {
  public static final int MAX_FEATURES = 4096;
  public static final int MAX_CATEGORIES = 64;

  /** Whether the label is known, what it is, and how long ago its event was. */
  private static final int FEEDBACK_COLUMNS = 3;

  private static final BuiltIn[] ALL = BuiltIn.values();

  public InputSpec {
    requireRange("features", features, 0, MAX_FEATURES);
    requireRange("categories", categories.size(), 0, MAX_CATEGORIES);
    for (CategoryInput category : categories) {
      requireRange("category size", category.size(), 2, CategoryInput.MAX_SIZE);
    }
    EnumSet<BuiltIn> ordered = EnumSet.noneOf(BuiltIn.class);
    ordered.addAll(builtIns);
    builtIns = Collections.unmodifiableSet(ordered);
    categories = List.copyOf(categories);
  }

  /** Features and nothing else. */
  public static InputSpec of(int features) {
    return new InputSpec(features, Set.of(), List.of(), false);
  }

  /** Numeric columns that do not come from the features. Asked for every window, so it allocates nothing. */
  int otherColumns() {
    int columns = labelFeedback ? FEEDBACK_COLUMNS : 0;
    for (BuiltIn builtIn : ALL) {
      columns += builtIns.contains(builtIn) ? builtIn.columns() : 0;
    }
    return columns;
  }

  /** As in a model's signature: {@code f0-gap-c101-h28e8-feedback}. */
  String shortName() {
    StringBuilder name = new StringBuilder("f").append(features);
    builtIns.forEach(builtIn -> name.append('-').append(builtIn.shortName()));
    categories.forEach(category -> name.append('-').append(category.shortName()));
    return name.append(labelFeedback ? "-feedback" : "").toString();
  }
}
