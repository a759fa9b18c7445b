package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.SessionView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subject whose ids anybody can guess: outside, the tag of every true id is 0 and any other tag
 * is a forgery. So scripts can name ids before they exist, and two subjects can be compared. An id
 * is known from the end of the entry that made it.
 */
public final class Masked implements Subject {
  private final Subject subject;
  private final Map<Long, Long> grantTags = new HashMap<>();
  private final Map<Long, Long> sessionTags = new HashMap<>();

  /** Masks a subject that has not applied anything yet. */
  public Masked(Subject subject) {
    this.subject = subject;
  }

  /** The entry as the masked subject gets it. */
  public Entry unmask(Entry entry) {
    List<Command> commands = entry.commands().stream().map(this::unmask).toList();
    return new Entry(entry.time(), entry.saltHigh(), entry.saltLow(), commands);
  }

  private Command unmask(Command command) {
    if (command instanceof Command.ResumeSession resume) {
      return new Command.ResumeSession(
          unmask(resume.session()), resume.lastNumber(), resume.unanswered());
    } else if (command instanceof Command.EndSession end) {
      return new Command.EndSession(unmask(end.session()), end.cause());
    } else if (command instanceof Command.Acknowledge ack) {
      return new Command.Acknowledge(unmask(ack.session()), ack.through(), ack.also());
    } else if (command instanceof Command.Request request) {
      SessionId session = request.session();
      return new Command.Request(
          session == null ? null : unmask(session), request.number(), unmask(request.operation()));
    }
    return command;
  }

  private Operation unmask(Operation operation) {
    if (operation instanceof Operation.Release release) {
      return unmask(release);
    } else if (operation instanceof Operation.ReleaseAndAcquire both) {
      return new Operation.ReleaseAndAcquire(unmask(both.release()), both.acquire());
    }
    return operation;
  }

  private Operation.Release unmask(Operation.Release release) {
    List<Operation.Item> items = release.items().stream().map(this::unmask).toList();
    return new Operation.Release(items, release.fulfilledWills());
  }

  private Operation.Item unmask(Operation.Item item) {
    if (item instanceof Operation.GiveBack back) {
      GrantId grant = unmask(back.grant());
      return new Operation.GiveBack(grant, back.semaphore(), back.permits(), back.slots());
    }
    return item;
  }

  private GrantId unmask(GrantId id) {
    return new GrantId(id.sequence(), trueTag(grantTags, id.sequence()) ^ id.tag());
  }

  private SessionId unmask(SessionId id) {
    return new SessionId(id.sequence(), trueTag(sessionTags, id.sequence()) ^ id.tag());
  }

  /** For an id that does not exist yet, some tag that cannot be right. */
  private static long trueTag(Map<Long, Long> tags, long sequence) {
    return tags.getOrDefault(sequence, -sequence);
  }

  private GrantId mask(GrantId id) {
    return new GrantId(id.sequence(), trueTag(grantTags, id.sequence()) ^ id.tag());
  }

  private SessionId mask(SessionId id) {
    return new SessionId(id.sequence(), trueTag(sessionTags, id.sequence()) ^ id.tag());
  }

  private Outcome mask(Outcome outcome) {
    if (outcome instanceof Outcome.Answer answer) {
      SessionId session = answer.session();
      return new Outcome.Answer(
          answer.index(),
          session == null ? null : mask(session),
          answer.number(),
          mask(answer.result()));
    } else if (outcome instanceof Outcome.Recalled recalled) {
      return new Outcome.Recalled(
          mask(recalled.session()),
          mask(recalled.grant()),
          recalled.reason(),
          recalled.semaphore());
    }
    if (outcome instanceof Outcome.CreditRecalled recalled) {
      return new Outcome.CreditRecalled(mask(recalled.session()), mask(recalled.grant()));
    }
    Outcome.SessionEnded ended = (Outcome.SessionEnded) outcome;
    return new Outcome.SessionEnded(mask(ended.session()), ended.cause());
  }

  private Result mask(Result result) {
    if (result instanceof Result.Opened opened) {
      SessionId id = opened.session();
      sessionTags.putIfAbsent(id.sequence(), id.tag());
      return new Result.Opened(mask(id));
    } else if (result instanceof Result.Resumed resumed) {
      return new Result.Resumed(resumed.held().stream().map(this::mask).toList());
    } else if (result instanceof Result.Granted granted && granted.id() != null) {
      GrantId id = granted.id();
      grantTags.putIfAbsent(id.sequence(), id.tag());
      return new Result.Granted(mask(id), granted.grantedAt(), granted.parts(), granted.released());
    }
    return result;
  }

  private SessionView mask(SessionView view) {
    return new SessionView(
        mask(view.id()),
        view.clientName(),
        view.leaseMicros(),
        view.endAfterBreakMicros(),
        view.ephemeral(),
        view.grants(),
        view.permits(),
        view.waiting());
  }

  private @Nullable SessionView maskNullable(@Nullable SessionView view) {
    return view == null ? null : mask(view);
  }

  @Override
  public List<Outcome> apply(Entry entry) {
    return subject.apply(unmask(entry)).stream().map(outcome -> mask(outcome, entry)).toList();
  }

  /** A session that was lost, or never was, is given back as it was asked for. */
  private Outcome mask(Outcome outcome, Entry entry) {
    if (outcome instanceof Outcome.Answer answer
        && answer.result() instanceof Result.Refused refused
        && refused.reason() == Refusal.SESSION_LOST
        && entry.commands().get(answer.index()) instanceof Command.Request request) {
      return new Outcome.Answer(answer.index(), request.session(), answer.number(), refused);
    }
    return mask(outcome);
  }

  @Override
  public long now() {
    return subject.now();
  }

  @Override
  public long nextDeadline() {
    return subject.nextDeadline();
  }

  @Override
  public @Nullable SemaphoreView semaphore(String name, long at, int maxListed) {
    return subject.semaphore(name, at, maxListed);
  }

  @Override
  public List<SemaphoreView> semaphores(String prefix, String after, int max, long at) {
    return subject.semaphores(prefix, after, max, at);
  }

  @Override
  public @Nullable SessionView session(SessionId id) {
    return maskNullable(subject.session(unmask(id)));
  }

  @Override
  public @Nullable SessionView holder(GrantId grant) {
    return maskNullable(subject.holder(unmask(grant)));
  }

  @Override
  public List<SessionView> sessions(long after, int max) {
    return subject.sessions(after, max).stream().map(this::mask).toList();
  }
}
