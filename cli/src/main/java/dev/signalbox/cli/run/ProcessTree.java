package dev.signalbox.cli.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A process and its descendants. They are remembered from the first order to stop on: one whose
 * parent has ended is nobody's descendant any more. Thread-safe.
 */
final class ProcessTree implements Stoppable {
  /** A process can be born while the tree is looked through, but not for ever. */
  private static final int MOST_LOOKS = 20;

  private final Set<ProcessHandle> members = new LinkedHashSet<>();

  ProcessTree(ProcessHandle root) {
    members.add(root);
  }

  @Override
  public synchronized void terminate() {
    lookAround();
    members.forEach(ProcessHandle::destroy);
  }

  @Override
  public synchronized void kill() {
    boolean news = true;
    for (int i = 0; i < MOST_LOOKS && news; i++) {
      boolean found = lookAround();
      news = killMembers() || found;
    }
  }

  /** True if one was killed. */
  private boolean killMembers() {
    return members.stream()
            .filter(ProcessHandle::isAlive)
            .filter(ProcessHandle::destroyForcibly)
            .count()
        > 0;
  }

  /** True if there is a new one. */
  private boolean lookAround() {
    boolean found = false;
    for (ProcessHandle member : List.copyOf(members)) {
      found |= members.addAll(member.descendants().toList());
    }
    return found;
  }

  /** Waits for the end of all that are known. */
  void awaitEnd() {
    CompletableFuture.allOf(ends()).join();
  }

  private synchronized CompletableFuture<?>[] ends() {
    return members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
  }
}
