package dev.signalbox.client.testing;

import com.google.protobuf.ByteString;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.SteppedLink;
import dev.signalbox.client.internal.SteppedLink.Pulse;
import dev.signalbox.client.internal.Surroundings;
import dev.signalbox.client.internal.Ticker;
import dev.signalbox.server.ClockedServer;
import dev.signalbox.server.core.SessionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Leads the server and the clients through time. The clock is moved to the next moment at which one
 * of them has something to do; they do it, and when all have come to rest it is moved on. Nothing
 * is ever late, so no lease runs out but one whose client is cut off or gone.
 *
 * <p>At rest means: twice in a row, the server had applied everything that it had been handed, each
 * client's last frame had been acknowledged, what came back had been told to the user's code, and
 * no client had sent anything of its own. Thread-safe.
 */
final class Conductor implements Surroundings {
  /** Who makes a call for every answer never comes to rest; time goes on all the same. */
  private static final int MOST_ROUNDS = 1_000;

  /** How long a move of the clock waits, in all, for continuations and listeners that block. */
  private static final long PATIENCE_WITH_USERS = TimeUnit.SECONDS.toNanos(1);

  /** How far the clock is moved if what was due was not done. */
  private static final long LEAST_STEP = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long POLL = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long PATIENCE_WITH_SERVER = TimeUnit.SECONDS.toNanos(60);

  private final Hands hands;
  private final ClockedServer server;
  private final Collection<Member> members = new CopyOnWriteArrayList<>();

  // Guarded by this.
  private long judgementAt;
  private long patienceEnds;
  private boolean closed;

  Conductor(Hands hands, ClockedServer server) {
    this.hands = hands;
    this.server = server;
  }

  @Override
  public Ticker ticker() {
    return hands;
  }

  @Override
  public void entered(Object client, SessionLink link) {
    members.add(new Member((SignalboxClient) client, new SteppedLink(link, hands)));
  }

  /** Moves the clock. */
  synchronized void advance(long nanos) {
    settle();
    long left = nanos;
    while (left > 0) {
      long step = Math.min(left, untilDue());
      pass(step);
      left -= step;
      if (left > 0) {
        react();
      }
    }
    comeToRest();
  }

  /** Waits, without moving the clock, until all have come to rest. */
  synchronized void settle() {
    requireOpen();
    patienceEnds = System.nanoTime() + PATIENCE_WITH_USERS;
    comeToRest();
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the box is closed");
    }
  }

  private long untilDue() {
    long now = hands.nanoTime();
    long due = Math.min(server.untilDue(), judgementAt - now);
    for (Member member : members) {
      due = Math.min(due, member.dueAt - now);
    }
    return due <= 0 ? LEAST_STEP : due;
  }

  /** In steps that no server takes for a pause of its own. */
  private void pass(long nanos) {
    for (long left = nanos; left > 0; left -= ClockedServer.LONGEST_STEP) {
      hands.move(Math.min(left, ClockedServer.LONGEST_STEP));
      judge();
    }
  }

  private void judge() {
    long next = server.judge();
    judgementAt = after(next);
  }

  private long after(long nanos) {
    long now = hands.nanoTime();
    return nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
  }

  /** Does what is due. Mostly these are heartbeats: of them nothing more can come. */
  private void react() {
    long now = hands.nanoTime();
    List<Member> due = members.stream().filter(member -> member.dueAt <= now).toList();
    boolean heartbeats = due.stream().allMatch(member -> member.connected);
    if (server.untilDue() <= 0 || judgementAt <= now || !heartbeats || pulse(due)) {
      comeToRest();
    }
  }

  private void comeToRest() {
    int quiet = 0;
    for (int round = 0; quiet < 2 && round < MOST_ROUNDS; round++) {
      judge();
      server.catchUp();
      members.removeIf(Member::isOver);
      boolean busy = pulse(members);
      tell();
      quiet = busy ? 0 : quiet + 1;
    }
  }

  /** Has each do what is due and hear from the server; true if more may come of it. */
  private boolean pulse(Collection<Member> some) {
    List<Member> asked = List.copyOf(some);
    List<CompletableFuture<Pulse>> pulses = new ArrayList<>(asked.size());
    asked.forEach(member -> pulses.add(member.link.pulse()));
    boolean busy = false;
    for (int i = 0; i < asked.size(); i++) {
      Pulse pulse = Member.await(pulses.get(i));
      Member member = asked.get(i);
      member.connected = pulse.connected();
      member.dueAt = after(pulse.untilDue());
      busy |= pulse.busy();
    }
    return busy;
  }

  private void tell() {
    List<CompletableFuture<Void>> told = new ArrayList<>();
    members.forEach(member -> told.add(member.link.told()));
    for (CompletableFuture<Void> one : told) {
      try {
        one.get(Math.max(0, patienceEnds - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      } catch (ExecutionException | TimeoutException e) {
        // The user's code blocks: it is not waited for.
      }
    }
  }

  /** Waits until a new client is connected. */
  synchronized void welcome(SignalboxClient client) {
    requireOpen();
    pulse(List.of(member(client)));
  }

  synchronized void cut(SignalboxClient client) {
    settle();
    Member member = member(client);
    if (!member.cut) {
      breakOff(member, member.link::cutOff);
      member.cut = true;
      comeToRest();
    }
  }

  synchronized void restore(SignalboxClient client) {
    requireOpen();
    Member member = member(client);
    member.cut = false;
    member.link.restore();
    settle();
  }

  synchronized void crash(SignalboxClient client) {
    settle();
    Member member = member(client);
    breakOff(member, member.link::crash);
    client.close();
    comeToRest();
  }

  /** The server sees at once that a stream breaks, as it may end the session with it (L9). */
  private void breakOff(Member member, Runnable deed) {
    SessionId session = Member.await(member.link.session()).map(Conductor::id).orElse(null);
    deed.run();
    long deadline = System.nanoTime() + PATIENCE_WITH_SERVER;
    while (session != null && server.hasStream(session)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the server did not notice the break");
      }
      LockSupport.parkNanos(POLL);
    }
  }

  private static SessionId id(ByteString bytes) {
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    return new SessionId(buffer.getLong(), buffer.getLong());
  }

  private Member member(SignalboxClient client) {
    return members.stream()
        .filter(member -> member.client.equals(client))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("client: is no open client of this box"));
  }

  /** Closes the clients, then the server. Idempotent. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      members.forEach(Member::end);
      server.close();
    }
  }
}
