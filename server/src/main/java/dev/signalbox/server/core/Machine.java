package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state machine: all semaphores, queues, grants and sessions, changed by log entries alone.
 *
 * <p>Deterministic: the same entries give the same outcomes and the same state on every node. Not
 * thread-safe.
 */
public final class Machine {
  final Context context = new Context();
  final Semaphores semaphores = new Semaphores();
  final Sessions sessions = new Sessions();
  final Grants grants;
  final Serving serving;
  private final Refills refills = new Refills(context);
  private final Candidates candidates = new Candidates(context, refills);
  private final Requests requests;
  private final SessionEnding ending;
  private final Configuring configuring;

  /** An empty machine at log time 0. */
  public Machine() {
    grants = new Grants(context, candidates, refills, sessions);
    serving = new Serving(context, candidates, refills, grants, sessions);
    Releasing releasing = new Releasing(context, semaphores, grants, candidates);
    Acquiring acquiring = new Acquiring(context, semaphores, candidates, serving, grants);
    ending = new SessionEnding(context, sessions, serving, grants, releasing);
    configuring = new Configuring(context, semaphores, candidates, refills, serving, grants);
    Resetting resetting = new Resetting(context, semaphores);
    requests =
        new Requests(context, sessions, configuring, acquiring, releasing, resetting, grants);
  }

  /**
   * Applies one entry: first everything that is due by its time, in the order of time, then its
   * commands.
   *
   * @return what came of it, in order
   */
  public List<Outcome> apply(Entry entry) {
    context.salt(entry);
    advance(Math.max(context.now, entry.time()));
    List<Command> commands = entry.commands();
    for (int i = 0; i < commands.size(); i++) {
      command(i, commands.get(i));
      finishStep();
    }
    return context.takeOutcomes();
  }

  /** Lets everything happen that is due by a time, each at its own (L3). */
  private void advance(long time) {
    Timed due = context.timers.pollDue(time);
    while (due != null) {
      context.now = Math.max(context.now, due.deadline);
      fire(due);
      if (!(due instanceof RefillClock) || !refillsNow()) {
        finishStep();
      }
      due = context.timers.pollDue(time);
    }
    context.now = time;
  }

  /** Whether more permits come back at this instant; nobody is served before all have. */
  private boolean refillsNow() {
    return context.timers.first() instanceof RefillClock next && next.deadline == context.now;
  }

  private void fire(Timed due) {
    if (due instanceof RefillClock clock) {
      candidates.mark(clock.semaphore);
    } else if (due instanceof Grant grant) {
      grants.holdLimitReached(grant);
    } else if (due instanceof Waiter waiter) {
      serving.timeOut(waiter);
    } else if (due instanceof IdleClock idle) {
      configuring.idleCheckDue(idle);
    }
  }

  /**
   * Whoever can be served is served; then what only lived for what it held is ended, and timers are
   * set.
   */
  private void finishStep() {
    serving.run();
    ending.endIdle();
    refills.arm();
  }

  private void command(int index, Command command) {
    if (command instanceof Command.Request request) {
      requests.request(index, request);
    } else if (command instanceof Command.Acknowledge acknowledge) {
      requests.acknowledge(acknowledge);
    } else if (command instanceof Command.OpenSession open) {
      context.answer(index, null, 0, open(open));
    } else if (command instanceof Command.ResumeSession resume) {
      context.answer(index, resume.session(), 0, requests.resume(resume));
      requests.recallAgain(resume.session());
    } else if (command instanceof Command.EndSession end) {
      end(end);
      context.answer(index, end.session(), 0, Result.Done.INSTANCE);
    } else if (command instanceof Command.Configure configure) {
      context.limits = configure.limits();
      context.answer(index, null, 0, Result.Done.INSTANCE);
    }
  }

  private Result open(Command.OpenSession open) {
    if (sessions.size() >= context.limits.sessions()) {
      return Refusals.quota("sessions", context.limits.sessions());
    }
    Session session =
        new Session(
            context.nextSessionId(),
            open.clientName(),
            open.leaseMicros(),
            open.endAfterBreakMicros(),
            open.ephemeral());
    sessions.add(session);
    return new Result.Opened(session.id);
  }

  private void end(Command.EndSession end) {
    Session session = sessions.find(end.session());
    if (session != null) {
      ending.end(session, end.cause());
    }
  }

  /** Log time of the last entry, in microseconds. */
  public long now() {
    return context.now;
  }

  /**
   * The log time at which an entry without commands should be applied, as something may fall due;
   * {@link Long#MAX_VALUE} if nothing waits for time. Never later than the first thing that falls
   * due.
   */
  public long nextDeadline() {
    return context.timers.nextDeadline();
  }

  /**
   * A semaphore as it is at a log time not before {@link #now}; null if it is missing.
   *
   * @param maxListed how many holders and how many waiters to list at most
   */
  public @Nullable SemaphoreView semaphore(String name, long at, int maxListed) {
    Semaphore semaphore = semaphores.find(name);
    return semaphore == null ? null : Views.of(semaphore, at, maxListed);
  }

  /**
   * Semaphores in the order of their names.
   *
   * @param prefix what their names begin with
   * @param after the name after which to begin; empty for the first
   * @param max how many at most
   * @param at the log time at which to look
   */
  public List<SemaphoreView> semaphores(String prefix, String after, int max, long at) {
    boolean fromPrefix = prefix.compareTo(after) > 0;
    List<SemaphoreView> page = new ArrayList<>();
    Iterator<Semaphore> all = semaphores.from(fromPrefix ? prefix : after, fromPrefix).iterator();
    while (page.size() < max && all.hasNext()) {
      Semaphore semaphore = all.next();
      if (!semaphore.name.startsWith(prefix)) {
        break;
      }
      page.add(Views.of(semaphore, at, 0));
    }
    return page;
  }

  /** A session by its id; null if it is unknown or has ended. */
  public @Nullable SessionView session(SessionId id) {
    return Views.of(sessions.find(id));
  }

  /** A session by its sequence; null if it is unknown or has ended. */
  public @Nullable SessionView session(long sequence) {
    return Views.of(sessions.find(sequence));
  }

  /** The session that holds a grant; null if the grant is not held. */
  public @Nullable SessionView holder(GrantId id) {
    Grant grant = grants.find(id);
    return Views.of(grant == null ? null : grant.session);
  }

  /** Sessions in the order of opening: those after the given sequence, at most so many. */
  public List<SessionView> sessions(long after, int max) {
    List<SessionView> page = new ArrayList<>();
    for (Session session : sessions.after(after)) {
      if (page.size() == max) {
        break;
      }
      page.add(session.view());
    }
    return page;
  }

  /**
   * Whether the state has more pieces than so many: semaphores and slots, sessions with the replies
   * and wills that they keep, grants and waiters. Takes time for sessions and, where semaphores are
   * few, for those; stops counting as soon as it knows.
   */
  public boolean isLargerThan(long pieces) {
    long count = (long) semaphores.size() + grants.size() + serving.waiting();
    Iterator<Session> session = sessions.all().iterator();
    while (count <= pieces && session.hasNext()) {
      count += session.next().pieces();
    }
    Iterator<Semaphore> semaphore = semaphores.all().iterator();
    while (count <= pieces && semaphore.hasNext()) {
      Slots slots = semaphore.next().slots;
      count += slots == null ? 0 : slots.size();
    }
    return count > pieces;
  }

  /** Writes the whole state, as a sequence of images that {@link #restore} reads back. */
  public void writeTo(Consumer<Image> out) {
    new SnapshotWriter(this, out).write();
  }

  /**
   * Reads back what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException if the images are not a whole snapshot
   */
  public static Machine restore(Iterator<Image> images) {
    return new SnapshotReader(images).read();
  }
}
