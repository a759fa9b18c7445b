package dev.signalbox.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under headings; numbers to the right. Not thread-safe. */
final class Table {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] numeric;
  private final int[] widths;

  Table(String... headings) {
    numeric = new boolean[headings.length];
    widths = new int[headings.length];
    add(headings);
  }

  void row(Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      numeric[i] |= cells[i] instanceof Number;
    }
    add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
  }

  private void add(String[] cells) {
    for (int i = 0; i < cells.length; i++) {
      widths[i] = Math.max(widths[i], cells[i].length());
    }
    rows.add(cells);
  }

  private String line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(widths[i] - cells[i].length());
      line.append(i == 0 ? "" : GAP).append(numeric[i] ? padding + cells[i] : cells[i] + padding);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public String toString() {
    return rows.stream().map(this::line).collect(Collectors.joining("\n"));
  }
}
