package dev.signalbox.benchmarks.load;

import java.util.Formatter;
import java.util.Locale;
import java.util.Map;

/** Bars with their spread, on a logarithmic scale where they differ much, as SVG. */
final class Plot {
  private static final int LEFT = 150;
  private static final int WIDTH = 460;
  private static final int ROW = 26;
  private static final int TOP = 36;

  private final boolean logarithmic;
  private final double low;
  private final double high;
  private final Formatter svg = new Formatter(Locale.ROOT);

  private Plot(Map<String, Series> bars) {
    double least = bars.values().stream().mapToDouble(Series::least).min().orElse(0);
    high = bars.values().stream().mapToDouble(Series::most).max().orElse(1);
    logarithmic = least > 0 && high / least > 20;
    low = logarithmic ? Math.pow(10, Math.floor(Math.log10(least))) : 0;
  }

  static String of(String title, Map<String, Series> bars) {
    Plot plot = new Plot(bars);
    int height = TOP + ROW * bars.size() + 10;
    plot.svg.format(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif'"
            + " font-size='12'>%n",
        LEFT + WIDTH + 110, height);
    plot.svg.format("<rect width='100%%' height='100%%' fill='white'/>%n");
    plot.svg.format(
        "<text x='10' y='20' font-size='14'>%s%s</text>%n",
        title, plot.logarithmic ? " (logarithmic scale)" : "");
    int y = TOP;
    for (Map.Entry<String, Series> bar : bars.entrySet()) {
      plot.bar(bar.getKey(), bar.getValue(), y);
      y += ROW;
    }
    plot.svg.format("</svg>%n");
    return plot.svg.toString();
  }

  private void bar(String name, Series series, int y) {
    String colour = name.startsWith("signalbox") ? "#2a6f97" : "#b0b7bd";
    double end = x(series.median());
    svg.format("<text x='%d' y='%d' text-anchor='end'>%s</text>%n", LEFT - 8, y + 14, name);
    svg.format(
        "<rect x='%d' y='%d' width='%.1f' height='18' fill='%s'/>%n",
        LEFT, y, Math.max(1, end - LEFT), colour);
    svg.format(
        "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='black'/>%n",
        x(series.least()), y + 9, x(series.most()), y + 9);
    svg.format(
        "<text x='%.1f' y='%d'>%s</text>%n",
        Math.max(end, x(series.most())) + 6, y + 14, Metric.format(series.median()));
  }

  private double x(double value) {
    double share =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : high == 0 ? 0 : value / high;
    return LEFT + WIDTH * share;
  }
}
