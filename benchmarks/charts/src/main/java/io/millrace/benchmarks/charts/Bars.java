package io.millrace.benchmarks.charts;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * Bars in groups.
 *
 * @param title says what is good
 * @param logarithmic where figures differ by powers of ten
 */
record Bars(String title, String axis, boolean logarithmic) {
  /** More would run into each other side by side. */
  private static final int LEVEL_LABELS = 4;

  private static final int SLOPE = 30;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;

  /** One bar for each series in each group. */
  void draw(
      List<String> groups,
      List<String> series,
      BiFunction<String, String, Double> figures,
      Path file)
      throws IOException {
    CategoryChart chart = new CategoryChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(title)
        .yAxisTitle(axis)
        .build();
    chart
        .getStyler()
        .setYAxisLogarithmic(logarithmic)
        .setXAxisLabelRotation(groups.size() > LEVEL_LABELS ? SLOPE : 0)
        .setLegendPosition(Styler.LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setAntiAlias(true);
    double smallest = Double.POSITIVE_INFINITY;
    for (String one : series) {
      List<Double> bars =
          groups.stream().map(group -> orNothing(figures.apply(group, one))).toList();
      List<Double> there = bars.stream().filter(Objects::nonNull).toList();
      if (!there.isEmpty()) {
        chart.addSeries(one, groups, new ArrayList<>(bars));
        smallest = Math.min(smallest, Collections.min(there));
      }
    }
    if (logarithmic && smallest < Double.POSITIVE_INFINITY) {
      chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(smallest))));
    }
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static Double orNothing(double figure) {
    return Double.isNaN(figure) ? null : figure;
  }
}
