package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import dev.signalbox.v1.SemaphoreResult;
import java.util.Set;

/** What the handles of every kind of object have in common: a link, a name and rights. */
abstract class LinkedObject implements RemoteObject {
  final SessionLink link;
  private final String name;
  private final boolean alreadyExisted;
  private final Set<AccessRight> rights;

  LinkedObject(SessionLink link, String name, boolean alreadyExisted, Set<AccessRight> rights) {
    this.link = link;
    this.name = name;
    this.alreadyExisted = alreadyExisted;
    this.rights = rights;
  }

  /** A handle of what the service has answered with. */
  LinkedObject(SessionLink link, SemaphoreResult found, Set<AccessRight> rights) {
    this(link, found.getSemaphore().getName(), found.getAlreadyExisted(), rights);
  }

  /** Another handle of the same object, with no more than these rights (X2). */
  LinkedObject(LinkedObject wider, Set<AccessRight> fewer) {
    this(wider.link, wider.name, wider.alreadyExisted, wider.narrowed(fewer));
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean alreadyExisted() {
    return alreadyExisted;
  }

  @Override
  public final Set<AccessRight> rights() {
    return rights;
  }

  private Set<AccessRight> narrowed(Set<AccessRight> fewer) {
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
