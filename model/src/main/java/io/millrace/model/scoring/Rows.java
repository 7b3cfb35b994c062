package io.millrace.model.scoring;

import io.millrace.model.BuiltIn;
import io.millrace.model.Half;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import java.util.concurrent.TimeUnit;

/**
 * Makes the row of an event, which is all that the network is shown of it; {@link ModelSpec} says what stands where. Its numbers are
 * halves, so that what is stored of a row in two bytes a number is the row itself. O(R).
 */
final class Rows {
  private static final double DAY = TimeUnit.DAYS.toMillis(1);
  private static final double WEEK = TimeUnit.DAYS.toMillis(7);

  /** 1970 began on a Thursday, weeks begin on Mondays. */
  private static final long MONDAY = TimeUnit.DAYS.toMillis(-3);

  /** An hour is 0.02, a second -0.9, a year 1.2. */
  private static final double LOG_SECONDS = 8;

  private final ModelSpec spec;
  private final boolean showsLevels;
  private final int width;

  Rows(ModelSpec spec) {
    this.spec = spec;
    this.showsLevels = spec.head() != Head.FORECAST;
    this.width = spec.rowWidth();
  }

  /** [R] of the event as its key's memory stood before it. */
  float[] of(Occasion at) {
    float[] row = new float[width];
    int column = changes(row, at);
    if (showsLevels) {
      column = levels(row, column, at);
    }
    for (BuiltIn builtIn : spec.input().builtIns()) {
      column = builtIn(builtIn, row, column, at);
    }
    if (spec.input().labelFeedback()) {
      column = feedback(row, column, at);
    }
    round(row, column);
    categories(row, column, at);
    return row;
  }

  private int changes(float[] row, Occasion at) {
    FeatureMemory before = at.before().features();
    double[] x = at.features();
    for (int f = 0; f < x.length; f++) {
      row[f] = bounded(before.usual().inUnits(f, before.last()[f], x[f]));
    }
    return x.length;
  }

  private static int levels(float[] row, int column, Occasion at) {
    UsualLevel usual = at.before().features().level();
    double[] x = at.features();
    for (int f = 0; f < x.length; f++) {
      row[column + f] = bounded(usual.spread(f).inUnits(x[f]));
    }
    return column + x.length;
  }

  private static int builtIn(BuiltIn builtIn, float[] row, int column, Occasion at) {
    long time = at.event().time();
    switch (builtIn) {
      case TIME_GAP ->
        row[column] = at.before().isFresh() ? 0 : since(at.before().lastTime(), at);
      case HOUR_OF_DAY -> circle(row, column, time / DAY);
      case DAY_OF_WEEK -> circle(row, column, (time - MONDAY) / WEEK);
    }
    return column + builtIn.columns();
  }

  /** A time of so many turns, as a point of the unit circle: sine, cosine. */
  private static void circle(float[] row, int column, double turns) {
    double angle = 2 * Math.PI * (turns - Math.floor(turns));
    row[column] = (float) Math.sin(angle);
    row[column + 1] = (float) Math.cos(angle);
  }

  /** How long ago, from -1 for just now; an event that comes late counts as no time after. */
  private static float since(long time, Occasion at) {
    double seconds = Math.max(0, (double) at.event().time() - time) / 1000;
    return (float) (Math.log1p(seconds) / LOG_SECONDS - 1);
  }

  private int feedback(float[] row, int column, Occasion at) {
    LabelMemory labels = at.before().labels();
    if (labels.isKnown()) {
      row[column] = 1;
      row[column + 1] = spec.head() == Head.BINARY
          ? (float) (2 * labels.value() - 1)
          : bounded(labels.spread().inUnits(labels.value()));
      row[column + 2] = since(labels.time(), at);
    }
    return column + 3;
  }

  private static void round(float[] row, int numbers) {
    for (int n = 0; n < numbers; n++) {
      row[n] = Half.rounded(row[n]);
    }
  }

  private static void categories(float[] row, int column, Occasion at) {
    int[] ids = at.event().categories();
    for (int k = 0; k < ids.length; k++) {
      row[column + k] = ids[k];
    }
    LabelMemory labels = at.before().labels();
    float[] crossed = labels.categories();
    for (int k = 0; k < crossed.length; k++) {
      row[column + ids.length + k] =
          labels.isKnown() ? (float) (2 * crossed[k] + labels.value()) : ModelSpec.NONE;
    }
  }

  private static float bounded(double units) {
    return (float) Bounds.within(Bounds.INPUT, units);
  }
}
