package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Holds handles to their rights, before anything is sent (X2). */
final class Access {
  private Access() {}

  /** Refuses a handle that lacks the right. */
  static void ensure(RemoteObject handle, AccessRight right) {
    Objects.requireNonNull(handle);
    if (!handle.rights().contains(right)) {
      throw new SignalboxException.AccessDenied(right, handle.name());
    }
  }

  /** Refuses a handle that lacks any of the rights; the first that it lacks is named. */
  static void ensureAll(RemoteObject handle, Set<AccessRight> rights) {
    for (AccessRight right : rights) {
      ensure(handle, right);
    }
  }

  /** The same rights, safe from change. */
  static Set<AccessRight> copy(Set<AccessRight> rights) {
    EnumSet<AccessRight> copy = EnumSet.noneOf(AccessRight.class);
    copy.addAll(rights);
    return Collections.unmodifiableSet(copy);
  }

  /** Makes a call; what is refused while it is being made fails the future like any refusal. */
  static <T> CompletableFuture<T> begin(SessionLink link, Supplier<Call<T>> call) {
    try {
      return link.begin(call.get());
    } catch (SignalboxException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
