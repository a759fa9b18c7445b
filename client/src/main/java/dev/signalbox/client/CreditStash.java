package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one semaphore that a handle hands out by itself (K1 to K6). To the service all of
 * them are held; here some are lent and some lie unused. Whoever waits at the service, of this
 * client or another, recalls them, and what is recalled serves nobody here (K4). Of a semaphore
 * that refills, they are tokens: what is lent of them is used up (K7). Its own lock is held for a
 * few lines and around no call. Thread-safe.
 */
final class CreditStash implements SessionLink.Watch {
  private static final int FIRST = 2;
  private static final int MOST_RELUCTANT = 16;

  private final SessionLink link;
  private final String semaphore;
  private final int most;
  private final long idleNanos;
  private final boolean usesUp;

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

  CreditStash(SessionLink link, String semaphore, Credit terms, boolean usesUp) {
    this.link = link;
    this.semaphore = semaphore;
    this.most = terms.most();
    this.idleNanos = terms.idleTime().toNanos();
    this.usesUp = usesUp;
    this.next = Math.min(FIRST, most);
  }

  String semaphore() {
    return semaphore;
  }

  /** So many permits from credit; null if they have to be asked for at the service. */
  @Nullable CreditPermit take(int permits) {
    CreditPermit taken;
    Call<?> end = null;
    synchronized (this) {
      taken = permits < 1 ? null : takeHere(permits);
      if (usesUp && taken != null && taken.block().unused == 0) {
        end = homeward(taken.block());
        forgetReluctance();
      }
    }
    begin(end);
    return taken;
  }

  private @Nullable CreditPermit takeHere(int permits) {
    boolean dry = false;
    for (int i = 0; i < blocks.size(); i++) {
      CreditBlock block = blocks.get(i);
      if (!block.recalled && block.isHeld() && !isStale(block)) {
        if (block.unused >= permits) {
          return lend(block, permits);
        }
        dry = true;
      }
    }
    if (dry) {
      forgetReluctance();
    }
    return null;
  }

  /** Tokens serve no longer than the idle time after they were asked for. */
  private boolean isStale(CreditBlock block) {
    return usesUp && link.nanoTime() - block.askedAt >= idleNanos;
  }

  private CreditPermit lend(CreditBlock block, int permits) {
    used = true;
    block.unused -= permits;
    block.lent += usesUp ? 0 : permits;
    return new CreditPermit(link, block, permits, usesUp);
  }

  private void forgetReluctance() {
    reluctance = 0;
    toPass = 0;
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
    link.watch(this);
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
    Call<?> home;
    synchronized (this) {
      if (!block.recalled) {
        block.recalled = true;
        hesitate();
      }
      home = homeward(block);
    }
    begin(home);
  }

  /**
   * Takes out what is unused, or all of it where it is tokens, and what tells the service so; null
   * if there is nothing to tell. Under this lock.
   */
  private @Nullable Call<?> homeward(CreditBlock block) {
    if (usesUp) {
      boolean here = blocks.remove(block);
      unwatchIfEmpty();
      return here ? new CreditEnd(link, block, block.unused) : null;
    }
    if (block.unused == 0) {
      return null;
    }
    CreditPermit all = lend(block, block.unused);
    all.setGoingHome();
    return ReleaseCall.goingHome(link, all);
  }

  private void begin(@Nullable Call<?> call) {
    if (call != null) {
      var unused = link.begin(call);
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
      link.unwatch(this);
    }
  }

  /** Sends home what has not been used for long (K5), and tokens that are old (K7). */
  @Override
  public void tick() {
    List<Call<?>> home;
    synchronized (this) {
      boolean idle = isIdle();
      home = homeward(block -> usesUp ? isStale(block) : idle);
      if (!home.isEmpty()) {
        next = usesUp ? Math.max(Math.min(FIRST, most), next / 2) : Math.min(FIRST, most);
        forgetReluctance();
      }
    }
    home.forEach(this::begin);
  }

  private boolean isIdle() {
    long now = link.nanoTime();
    if (used) {
      used = false;
      quietSince = now;
    }
    return now - quietSince >= idleNanos;
  }

  /** Of permits that are held the session's end says enough (L6); tokens it would use up (K7). */
  @Override
  public void closing() {
    List<Call<?>> home;
    synchronized (this) {
      home = usesUp ? homeward(block -> true) : List.of();
    }
    home.forEach(this::begin);
  }

  private List<Call<?>> homeward(Predicate<CreditBlock> which) {
    List<Call<?>> all = new ArrayList<>(0);
    for (CreditBlock block : List.copyOf(blocks)) {
      Call<?> home = which.test(block) ? homeward(block) : null;
      if (home != null) {
        all.add(home);
      }
    }
    used = false;
    return all;
  }
}
