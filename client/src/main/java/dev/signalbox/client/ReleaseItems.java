package dev.signalbox.client;

import dev.signalbox.client.internal.Session;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItemResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The items of one atomic release, on their way. Those of a lost session are void: they are
 * answered here and never sent (C11).
 */
final class ReleaseItems {
  private final List<ReleaseItem> items;
  private final List<Returnable> marked = new ArrayList<>(0);
  private final boolean[] isMarked;
  private Release release = Release.getDefaultInstance();
  private boolean[] isVoid = {};
  private int[] lost = {};
  private @Nullable Session writtenIn;

  ReleaseItems(List<ReleaseItem> items) {
    this.items = List.copyOf(items);
    this.isMarked = new boolean[items.size()];
    for (ReleaseItem item : items) {
      if (item instanceof ReleaseItem.GiveBack part) {
        Returnable.of(part.permit()).ensureWhole(part);
      }
    }
  }

  /** A permit from credit that was marked when it was decided that it goes home. */
  static ReleaseItems goingHome(CreditPermit permit) {
    ReleaseItems one = new ReleaseItems(List.of(ReleaseItem.giveBack(permit)));
    one.marked.add(permit);
    one.isMarked[0] = true;
    return one;
  }

  /** From now on the permits that are wholly to be given back do not count as held. */
  ReleaseItems mark() {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof ReleaseItem.GiveBack part && isWhole(part)) {
        Returnable permit = Returnable.of(part.permit());
        isMarked[i] = permit.marksReleasing();
        if (isMarked[i]) {
          marked.add(permit);
        }
      }
    }
    return this;
  }

  private static boolean isWhole(ReleaseItem.GiveBack part) {
    return part.semaphore().isEmpty() || part.permit() instanceof CreditPermit;
  }

  /** Whether permits are among them. */
  boolean giveBack() {
    return items.stream()
        .anyMatch(item ->
            item instanceof ReleaseItem.GiveBack || item instanceof ReleaseItem.MutexRelease);
  }

  /** It was refused: they count again. */
  void unmark() {
    marked.forEach(Returnable::unmarkReleasing);
    if (writtenIn != null) {
      putBackLost(writtenIn);
    }
  }

  private void putBackLost(Session session) {
    for (int i = 0; i < lost.length; i++) {
      if (lost[i] > 0) {
        session.putBackLost(nameOf(items.get(i)), lost[i]);
      }
    }
  }

  /** Of one that names no grant. */
  private static String nameOf(ReleaseItem plain) {
    return plain instanceof ReleaseItem.MutexRelease release
        ? release.mutex().name()
        : ((ReleaseItem.Signal) plain).semaphore().name();
  }

  /** What is to be sent in this session; without items, nothing is. Network thread. */
  Release.Builder write(Session session) {
    Release.Builder wire = Release.newBuilder();
    isVoid = new boolean[items.size()];
    lost = new int[items.size()];
    writtenIn = session;
    for (int i = 0; i < items.size(); i++) {
      ReleaseItem item = withoutLosses(i, session);
      isVoid[i] = isVoid(item, session, i);
      if (!isVoid[i]) {
        wire.addItems(Wire.item(item));
      }
    }
    release = wire.build();
    return wire;
  }

  /** A plain release first gives back what was lost, and that does nothing (L3, R5). */
  private ReleaseItem withoutLosses(int i, Session session) {
    ReleaseItem item = items.get(i);
    if (item instanceof ReleaseItem.MutexRelease) {
      lost[i] = session.takeLost(nameOf(item), 1);
    } else if (item instanceof ReleaseItem.Signal signal && signal.permits() > 0) {
      lost[i] = session.takeLost(nameOf(item), signal.permits());
      return lost[i] == 0
          ? item
          : new ReleaseItem.Signal(signal.semaphore(), signal.permits() - lost[i]);
    }
    return item;
  }

  private boolean isVoid(ReleaseItem item, Session session, int i) {
    if (item instanceof ReleaseItem.GiveBack part) {
      Returnable permit = Returnable.of(part.permit());
      boolean isVoid = permit.isVoidIn(session, isMarked[i]);
      if (isVoid) {
        permit.forgetIn(session);
      }
      return isVoid;
    }
    return lost[i] > 0 && !(item instanceof ReleaseItem.Signal rest && rest.permits() > 0);
  }

  /** Results of the items that were sent, those of the void ones among them. Network thread. */
  List<ReleaseResult> read(List<ReleaseItemResult> results, Session session) {
    session.released(release, results);
    marked.forEach(Returnable::settleReleasing);
    return merged(results);
  }

  /** Results where nothing was sent. */
  List<ReleaseResult> allVoid() {
    marked.forEach(Returnable::settleReleasing);
    return merged(List.of());
  }

  private List<ReleaseResult> merged(List<ReleaseItemResult> results) {
    Iterator<ReleaseItemResult> sent = results.iterator();
    List<ReleaseResult> all = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      all.add(isVoid[i] ? voidResult(items.get(i)) : sentResult(sent.next(), lost[i]));
    }
    return all;
  }

  private static ReleaseResult sentResult(ReleaseItemResult sent, int lost) {
    ReleaseResult result = Wire.result(sent);
    return lost == 0
        ? result
        : new ReleaseResult(
            result.released(), Optional.of(LossReason.SESSION_LOST), result.previousCounts());
  }

  private static ReleaseResult voidResult(ReleaseItem item) {
    return item instanceof ReleaseItem.GiveBack part
        ? Returnable.of(part.permit()).voidResult()
        : Wire.notHeld(LossReason.SESSION_LOST);
  }
}
