package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A grant that holds permits. In the timer queue it stands for its hold limit (A10). */
final class Grant extends Timed {
  final GrantId id;
  final Session session;
  final long grantedAt;

  /** Whether its client may hand its permits out by itself (K1). */
  Credit credit = Credit.NONE;

  /** What it still holds, in the order of the acquire's parts. */
  final List<Holding> holdings = new ArrayList<>(1);

  Grant(GrantId id, Session session, long grantedAt) {
    this.id = id;
    this.session = session;
    this.grantedAt = grantedAt;
  }

  @Override
  int rank() {
    return 1;
  }

  @Override
  long id() {
    return id.sequence();
  }

  @Nullable Holding holdingOf(String semaphore) {
    for (int i = 0; i < holdings.size(); i++) {
      Holding holding = holdings.get(i);
      if (holding.account.semaphore.name.equals(semaphore)) {
        return holding;
      }
    }
    return null;
  }

  /** The name of a semaphore that it holds. */
  String semaphore() {
    return holdings.get(0).account.semaphore.name;
  }
}
