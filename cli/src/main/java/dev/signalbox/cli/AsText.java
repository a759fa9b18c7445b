package dev.signalbox.cli;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.Refill;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SessionInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people read. It may change at any time. */
final class AsText {
  private AsText() {}

  static String infos(List<SemaphoreInfo> infos) {
    Table table = new Table("NAME", "KIND", "COUNT", "MAX", "HELD", "WAITING", "TRAITS");
    for (SemaphoreInfo info : infos) {
      table.row(
          info.name(),
          kind(info),
          info.count(),
          info.max(),
          info.held(),
          info.waiting(),
          traits(info));
    }
    return table.toString();
  }

  static String infoWithUsers(SemaphoreInfo info) {
    StringBuilder text = new StringBuilder(infos(List.of(info)));
    if (!info.holders().isEmpty()) {
      Table holders = new Table("HOLDER", "SESSION", "PERMITS");
      info.holders().forEach(h -> holders.row(h.clientName(), h.sessionNumber(), h.permits()));
      text.append("\n\n").append(holders);
    }
    if (!info.waiters().isEmpty()) {
      Table waiters = new Table("WAITER", "SESSION", "PERMITS", "WAITED");
      info.waiters()
          .forEach(
              w -> waiters.row(w.clientName(), w.sessionNumber(), w.permits(), time(w.waited())));
      text.append("\n\n").append(waiters);
    }
    return text.toString();
  }

  static String sessions(List<SessionInfo> sessions) {
    Table table = new Table("SESSION", "CLIENT", "LEASE", "GRANTS", "PERMITS", "WAITING");
    for (SessionInfo info : sessions) {
      table.row(
          info.number(),
          info.clientName(),
          time(info.lease()),
          info.grants(),
          info.permits(),
          info.waiting());
    }
    return table.toString();
  }

  /** One line of a watch. */
  static String change(SemaphoreInfo info) {
    String state =
        info.kind() == ObjectKind.EVENT
            ? (info.count() > 0 ? "set" : "not set")
            : "count " + info.count() + " of " + info.max() + ", held " + info.held();
    String debt = info.debt() > 0 ? ", debt " + info.debt() : "";
    return info.name() + ": " + state + debt + ", waiting " + info.waiting();
  }

  private static String kind(SemaphoreInfo info) {
    return info.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String traits(SemaphoreInfo info) {
    List<String> traits = new ArrayList<>();
    boolean plain = info.kind() == ObjectKind.SEMAPHORE;
    addIf(traits, plain && info.numbered(), "numbered");
    addIf(traits, plain && info.ownerOnly() && !info.numbered(), "owner-only");
    addIf(traits, info.manualReset(), "manual-reset");
    addIf(traits, info.abandoned(), "abandoned");
    addIf(traits, info.debt() > 0, "debt=" + info.debt());
    info.refill().map(AsText::rate).ifPresent(traits::add);
    info.idleTtl().ifPresent(ttl -> traits.add("idle-ttl=" + time(ttl)));
    return String.join(" ", traits);
  }

  private static void addIf(List<String> traits, boolean condition, String trait) {
    if (condition) {
      traits.add(trait);
    }
  }

  private static String rate(Refill refill) {
    return "refill=" + refill.permits() + "/" + time(refill.period());
  }

  /** In the largest unit that shows all of it but fractions of a millisecond. */
  static String time(Duration time) {
    long millis = time.toMillis();
    if (millis % 1_000 != 0 || millis == 0) {
      return millis + "ms";
    } else if (millis % 60_000 != 0) {
      return millis / 1_000 + "s";
    } else if (millis % 3_600_000 != 0) {
      return millis / 60_000 + "m";
    }
    return millis / 3_600_000 + "h";
  }
}
