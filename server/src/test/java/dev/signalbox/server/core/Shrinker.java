package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing script short: drops entries and commands for as long as it still fails. */
final class Shrinker {
  private final Predicate<List<Entry>> fails;

  Shrinker(Predicate<List<Entry>> fails) {
    this.fails = fails;
  }

  List<Entry> shrink(List<Entry> failing) {
    List<Entry> script = failing;
    int size;
    do {
      size = size(script);
      script = dropCommands(dropEntries(script));
    } while (size(script) < size);
    return script;
  }

  private static int size(List<Entry> script) {
    return script.stream().mapToInt(entry -> 1 + entry.commands().size()).sum();
  }

  /** Long runs first, single entries last. */
  private List<Entry> dropEntries(List<Entry> failing) {
    List<Entry> script = failing;
    for (int run = Math.max(1, script.size() / 2); run > 0; run /= 2) {
      for (int from = script.size() - run; from >= 0; from--) {
        List<Entry> shorter = without(script, from, Math.min(script.size(), from + run));
        if (from + run <= script.size() && fails.test(shorter)) {
          script = shorter;
        }
      }
    }
    return script;
  }

  private List<Entry> dropCommands(List<Entry> failing) {
    List<Entry> script = failing;
    for (int i = 0; i < script.size(); i++) {
      for (int j = script.get(i).commands().size() - 1; j >= 0; j--) {
        List<Entry> shorter = withoutCommand(script, i, j);
        if (fails.test(shorter)) {
          script = shorter;
        }
      }
    }
    return script;
  }

  private static List<Entry> withoutCommand(List<Entry> script, int i, int j) {
    Entry entry = script.get(i);
    List<Command> commands = without(entry.commands(), j, j + 1);
    List<Entry> shorter = new ArrayList<>(script);
    shorter.set(i, new Entry(entry.time(), entry.saltHigh(), entry.saltLow(), commands));
    return shorter;
  }

  private static <T> List<T> without(List<T> list, int from, int to) {
    List<T> rest = new ArrayList<>(list);
    rest.subList(from, to).clear();
    return rest;
  }
}
