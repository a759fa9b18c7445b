package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import java.util.Set;

/** What the handles of every kind of object have in common: a link, a name and rights. */
abstract class LinkedObject implements RemoteObject {
  final SessionLink link;
  private final String name;
  private final Set<AccessRight> rights;

  LinkedObject(SessionLink link, String name, Set<AccessRight> rights) {
    this.link = link;
    this.name = name;
    this.rights = rights;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Set<AccessRight> rights() {
    return rights;
  }

  /** What another handle may have that is to have no more than these rights (X2). */
  final Set<AccessRight> narrowed(Set<AccessRight> fewer) {
    Set<AccessRight> wanted = Access.copy(fewer);
    Access.ensureAll(this, wanted);
    return wanted;
  }

  /** A look at the object, with so many of its holders and waiters. */
  final Call<SemaphoreInfo> look(int listed, ReadMode mode) {
    Access.ensure(this, AccessRight.QUERY_STATE);
    return UnaryCall.semaphore(link, name, listed, mode == ReadMode.STALE, Wire::info);
  }

  @Override
  public final String toString() {
    return name;
  }
}
