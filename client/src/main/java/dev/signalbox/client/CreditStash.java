package dev.signalbox.client;

import dev.signalbox.client.internal.SessionLink;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one semaphore that a handle hands out by itself (K1 to K6). To the service all of
 * them are held; here some are lent and some lie unused. Whoever waits at the service, of this
 * client or another, recalls them, and what is recalled serves nobody here (K4). Its own lock is
 * held for a few lines and around no call. Thread-safe.
 */
final class CreditStash {
  private static final int FIRST = 2;
  private static final int MOST_RELUCTANT = 16;

  private final SessionLink link;
  private final String semaphore;
  private final int most;
  private final long idleNanos;
  private final Runnable onTick = this::tick;

  // Guarded by this.
  private final List<CreditBlock> blocks = new ArrayList<>(1);
  private boolean asking;
  private int next;

  /** Acquires at the service to let pass before the next credit is asked for. */
  private int toPass;

  /** How many it were the last time; doubles when a credit is recalled, or there is none. */
  private int reluctance;

  private boolean used;
  private long quietSince;

  CreditStash(SessionLink link, String semaphore, Credit terms) {
    this.link = link;
    this.semaphore = semaphore;
    this.most = terms.most();
    this.idleNanos = terms.idleTime().toNanos();
    this.next = Math.min(FIRST, most);
  }

  String semaphore() {
    return semaphore;
  }

  /** So many permits from credit; null if they have to be asked for at the service. */
  synchronized @Nullable CreditPermit take(int permits) {
    if (permits < 1) {
      return null;
    }
    boolean dry = false;
    for (int i = 0; i < blocks.size(); i++) {
      CreditBlock block = blocks.get(i);
      if (!block.recalled && block.isHeld()) {
        if (block.unused >= permits) {
          return lend(block, permits);
        }
        dry = true;
      }
    }
    if (dry) {
      reluctance = 0;
      toPass = 0;
    }
    return null;
  }

  private CreditPermit lend(CreditBlock block, int permits) {
    used = true;
    block.unused -= permits;
    block.lent += permits;
    return new CreditPermit(link, block, permits);
  }

  /**
   * As {@link #take}, from a new credit if it is time to ask for one. Waits for the answer: as long
   * as it is under way nothing is acquired that could recall it.
   */
  @Nullable CreditPermit ask(int permits) throws InterruptedException {
    CreditCall question = question(permits);
    if (question == null) {
      return null;
    }
    try {
      return link.perform(question) ? take(permits) : null;
    } catch (SignalboxException.Unavailable e) {
      throw e;
    } catch (SignalboxException e) {
      return null; // the acquire will say it better
    }
  }

  /** Makes an acquire at the service, and asks for a credit behind it. */
  <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> future = call.get();
    var unused = future.thenAccept(this::answered);
    return future;
  }

  private static boolean isGrant(Object answer) {
    return answer instanceof Permit || (answer instanceof Optional<?> some && some.isPresent());
  }

  /** The service has answered an acquire: if it had permits, it may have more. */
  private void answered(Object answer) {
    CreditCall question = isGrant(answer) ? question(1) : null;
    if (question != null) {
      var unused = link.begin(question);
    }
  }

  private @Nullable CreditCall question(int permits) {
    int wanted;
    synchronized (this) {
      wanted = wanted(permits);
      asking |= wanted > 0;
    }
    return wanted > 0 ? new CreditCall(link, this, wanted) : null;
  }

  /** How much credit to ask for, by somebody who wants so many permits. */
  private int wanted(int permits) {
    if (asking || blocks.stream().anyMatch(block -> block.recalled)) {
      return 0;
    }
    if (toPass > 0) {
      toPass--;
      return 0;
    }
    int room = most - blocks.stream().mapToInt(block -> block.unused + block.lent).sum();
    return permits < 1 || permits > room ? 0 : Math.min(room, Math.max(next, permits));
  }

  /** A credit was granted. Network thread. */
  synchronized void arrived(CreditBlock block) {
    asking = false;
    used = true;
    next = Math.min(most, next * 2);
    blocks.add(block);
    link.everyTick(onTick);
  }

  /** There was no credit. */
  synchronized void gotNothing() {
    asking = false;
    hesitate();
  }

  private void hesitate() {
    next = Math.min(FIRST, most);
    reluctance = Math.min(MOST_RELUCTANT, Math.max(1, reluctance * 2));
    toPass = reluctance;
  }

  /** Somebody lacks its permits: what is unused goes back at once. Network thread. */
  void recalled(CreditBlock block) {
    CreditPermit rest;
    synchronized (this) {
      if (!block.recalled) {
        block.recalled = true;
        hesitate();
      }
      rest = takeUnused(block);
    }
    sendHome(rest);
  }

  private @Nullable CreditPermit takeUnused(CreditBlock block) {
    if (block.unused == 0) {
      return null;
    }
    CreditPermit all = lend(block, block.unused);
    all.setGoingHome();
    return all;
  }

  private void sendHome(@Nullable CreditPermit permit) {
    if (permit != null) {
      var unused = link.begin(ReleaseCall.goingHome(link, permit));
    }
  }

  /** The service took it back, or the session is gone. Network thread. */
  void lost(CreditBlock block) {
    List<CreditPermit> told;
    synchronized (this) {
      blocks.remove(block);
      unwatchIfEmpty();
      told = List.copyOf(block.watched);
      block.watched.clear();
    }
    told.forEach(CreditPermit::tellLost);
  }

  /** A permit that was lent is here again. Under this lock; true if it has to go on home. */
  boolean takesBack(CreditPermit permit) {
    CreditBlock block = permit.block();
    if (block.recalled && block.isHeld()) {
      return true;
    }
    block.lent -= permit.permits();
    block.unused += permit.permits();
    used = true;
    return false;
  }

  /** A permit that was lent is no longer here. Under this lock. */
  void gone(CreditPermit permit) {
    CreditBlock block = permit.block();
    block.lent -= permit.permits();
    if (block.isSpent()) {
      blocks.remove(block);
      unwatchIfEmpty();
    }
  }

  private void unwatchIfEmpty() {
    if (blocks.isEmpty()) {
      link.noMoreTicks(onTick);
    }
  }

  /** Sends home what has not been used for long (K5). Network thread. */
  private void tick() {
    List<CreditPermit> idle = new ArrayList<>(0);
    synchronized (this) {
      long now = link.nanoTime();
      if (used) {
        used = false;
        quietSince = now;
      } else if (now - quietSince >= idleNanos) {
        idle = takeAllUnused();
      }
    }
    idle.forEach(this::sendHome);
  }

  private List<CreditPermit> takeAllUnused() {
    List<CreditPermit> all = new ArrayList<>();
    for (Iterator<CreditBlock> block = blocks.iterator(); block.hasNext(); ) {
      CreditPermit rest = takeUnused(block.next());
      if (rest != null) {
        all.add(rest);
      }
    }
    used = false;
    next = Math.min(FIRST, most);
    reluctance = 0;
    toPass = 0;
    return all;
  }
}
