package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.SessionView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contract of the core, carried out in the plainest way. A step is one command or one thing
 * that falls due; after each the line is served, and then ephemeral sessions that are left with
 * nothing end.
 *
 * <p>Where the contract does not fix the order of what one step has to tell, this order is taken:
 * what happens to others because of a command, the answer to it, whom it served, who ended.
 */
public final class NaiveModel implements Subject {
  final World world = new World();
  private final Views views = new Views(world);
  private final Answers answers = new Answers(world);
  private final Serving serving = new Serving(world, answers, n -> new GrantId(n, tag(n)));
  private final Releases releases = new Releases(world);
  private final Acquires acquires = new Acquires(world, answers, serving, releases);
  private final Sessions sessions = new Sessions(world, releases, n -> new SessionId(n, tag(~n)));
  private final Semaphores semaphores = new Semaphores(world, answers, releases, views);
  private final Requests requests =
      new Requests(world, answers, semaphores, sessions, releases, acquires);
  private final Clock clock = new Clock(world, acquires, releases);
  private final List<Event> events = new ArrayList<>();
  private long salt;

  /** Something fell due; visibly, if it was more than a permit that came back for nobody. */
  private record Event(long at, boolean visible) {}

  /** An empty model at log time 0. */
  public NaiveModel() {}

  /** The times at which something fell due while the last entry was applied. */
  public List<Long> eventTimes() {
    return events.stream().map(Event::at).toList();
  }

  /**
   * The time of the first of them that anybody could see. A permit that came back and served nobody
   * cannot be seen, as a view counts it anyway.
   */
  public long firstVisibleEvent() {
    return events.stream()
        .filter(Event::visible)
        .mapToLong(Event::at)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /** Semaphores that were born full and on which nobody has ever signalled or consumed (R6). */
  public List<String> neverSignalled() {
    return world.semaphores.stream().filter(s -> s.neverSignalled).map(s -> s.name).toList();
  }

  /** The sequence of the latest grant. */
  public long grantsMade() {
    return world.grantsMade;
  }

  /** The sequence of the latest session. */
  public long sessionsOpened() {
    return world.sessionsOpened;
  }

  @Override
  public List<Outcome> apply(Entry entry) {
    world.outcomes = new ArrayList<>();
    salt = entry.saltHigh() * 31 + entry.saltLow();
    advance(Math.max(world.now, entry.time()));
    for (int i = 0; i < entry.commands().size(); i++) {
      int index = i;
      step(() -> apply(index, entry.commands().get(index)));
    }
    return world.outcomes;
  }

  private void advance(long time) {
    events.clear();
    for (Clock.Due due = clock.next(); due != null && due.at() <= time; due = clock.next()) {
      world.now = due.at();
      int told = world.outcomes.size();
      step(due.happens());
      boolean visible = due.kind() != Clock.Kind.REFILL || world.outcomes.size() > told;
      events.add(new Event(due.at(), visible));
    }
    world.now = time;
  }

  private void step(Runnable happens) {
    for (ModelSemaphore semaphore : world.semaphores) {
      if (world.isBusy(semaphore)) {
        semaphore.lastActive = world.now;
      }
    }
    happens.run();
    serving.serve();
    sessions.endEphemeral();
  }

  private void apply(int index, Command command) {
    if (command instanceof Command.Request request) {
      requests.request(index, request);
    } else if (command instanceof Command.Acknowledge acknowledge) {
      sessions.acknowledge(acknowledge);
    } else {
      answers.answer(index, result(command));
      if (command instanceof Command.ResumeSession resume) {
        sessions.recallAgain(resume.session());
      }
    }
  }

  private Result result(Command command) {
    try {
      if (command instanceof Command.OpenSession open) {
        return sessions.open(open);
      } else if (command instanceof Command.ResumeSession resume) {
        return sessions.resume(resume);
      } else if (command instanceof Command.EndSession end) {
        sessions.end(world.session(end.session()), end.cause());
      } else if (command instanceof Command.Configure configure) {
        world.limits = configure.limits();
      }
      return Result.Done.INSTANCE;
    } catch (World.RefusedException refused) {
      return refused.refused;
    }
  }

  /** Something that differs from id to id and from salt to salt; the model has no secrets. */
  private long tag(long sequence) {
    return (salt ^ sequence) * 0x9E3779B97F4A7C15L;
  }

  @Override
  public long now() {
    return world.now;
  }

  @Override
  public long nextDeadline() {
    Clock.Due due = clock.next();
    return due == null ? Long.MAX_VALUE : due.at();
  }

  @Override
  public @Nullable SemaphoreView semaphore(String name, long at, int maxListed) {
    ModelSemaphore semaphore = world.semaphore(name);
    return semaphore == null ? null : views.semaphore(semaphore, at, maxListed);
  }

  @Override
  public List<SemaphoreView> semaphores(String prefix, String after, int max, long at) {
    return world.semaphores.stream()
        .filter(s -> s.name.startsWith(prefix) && s.name.compareTo(after) > 0)
        .sorted(Comparator.comparing(s -> s.name))
        .limit(max)
        .map(s -> views.semaphore(s, at, 0))
        .toList();
  }

  @Override
  public @Nullable SessionView session(SessionId id) {
    ModelSession session = world.session(id);
    return session == null ? null : views.session(session);
  }

  @Override
  public @Nullable SessionView holder(GrantId grant) {
    ModelGrant held = world.grant(grant);
    return held == null ? null : views.session(held.session);
  }

  @Override
  public List<SessionView> sessions(long after, int max) {
    return world.sessions.stream()
        .filter(s -> s.id.sequence() > after)
        .limit(max)
        .map(views::session)
        .toList();
  }
}
