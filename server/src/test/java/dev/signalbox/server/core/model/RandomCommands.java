package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Entries that lead to interesting states: few names, few sessions, small counts, and times that
 * fall together. Each sequence has a mood of its own, so that some see nothing but one corner. It
 * looks at the model to find what is worth asking for; the entries name ids as {@link Masked} does.
 */
public final class RandomCommands {
  private static final int MAX_COMMANDS = 4;

  private final Dice dice;
  private final NaiveModel model;
  private final RandomOperations operations;
  private final boolean tightLimits;
  private final int restlessness;
  private final int haste;
  private final int sessions;
  private final Map<Long, Long> lastNumbers = new HashMap<>();
  private final Map<Long, List<Command.Request>> sent = new HashMap<>();

  /** The sequence of a seed, against a model that applies each entry before the next is asked. */
  public RandomCommands(long seed, NaiveModel model) {
    this.dice = new Dice(new SplittableRandom(seed));
    this.model = model;
    this.tightLimits = dice.oneIn(5);
    this.restlessness = dice.of(0, 1, 3);
    this.haste = dice.of(2, 5, 20);
    this.sessions = dice.from(1, 4);
    this.operations = new RandomOperations(dice, model.world);
  }

  /** The next entry. */
  public Entry next() {
    List<Command> commands = new ArrayList<>();
    int count = dice.oneIn(6) ? 0 : dice.from(1, MAX_COMMANDS);
    for (int i = 0; i < count; i++) {
      commands.add(command());
    }
    return new Entry(time(), dice.any(), dice.any(), commands);
  }

  /** Often the same time or just before, at or after something that falls due; at times far on. */
  private long time() {
    long now = model.now();
    long due = model.nextDeadline();
    return switch (dice.below(12)) {
      case 0, 1, 2, 3, 4 -> now;
      case 5 -> now - dice.below(3000);
      case 6 -> now + dice.below(5);
      case 7 -> now + 1000L * dice.from(1, 3);
      case 8 -> due == Long.MAX_VALUE ? now + 1 : Math.max(now, due - 1);
      case 9, 10 -> due == Long.MAX_VALUE ? now : due;
      default -> dice.oneIn(haste) ? farOn(now) : now;
    };
  }

  /** Past several timers at once. */
  private long farOn(long now) {
    return now + dice.of(10_000, 30_000, 3_000_000);
  }

  private Command command() {
    List<ModelSession> alive = model.world.sessions;
    if (alive.size() < sessions && dice.oneIn(alive.isEmpty() ? 1 : 4)) {
      return open();
    }
    int choice = dice.below(60);
    if (choice < restlessness) {
      EndCause cause = dice.oneIn(2) ? EndCause.EXPIRED : dice.of(EndCause.values());
      return new Command.EndSession(anySession(), cause);
    }
    return switch (choice) {
      case 3 -> resume();
      case 4, 5 -> acknowledge();
      case 6 -> new Command.Configure(limits());
      case 7 -> restlessness > 0 ? open() : request();
      default -> request();
    };
  }

  private Command open() {
    String name = dice.of("anna", "bela", "cleo");
    long endAfterBreak = dice.of(-1L, 0L, 1_000_000L);
    return new Command.OpenSession(name, 15_000_000, endAfterBreak, dice.oneIn(5));
  }

  private Limits limits() {
    return tightLimits
        ? new Limits(
            dice.from(1, 4),
            dice.from(1, 4),
            dice.from(1, 4),
            dice.from(1, 5),
            dice.from(1, 4),
            dice.from(1, 2))
        : Limits.DEFAULT;
  }

  /** Mostly one that lives; at times one that has ended, never was, or is forged. */
  private SessionId anySession() {
    long last = model.world.sessionsOpened;
    if (model.world.sessions.isEmpty() || dice.oneIn(40)) {
      return new SessionId(dice.from(1, (int) last + 1), dice.oneIn(2) ? 0 : 7);
    }
    return new SessionId(dice.of(model.world.sessions).id.sequence(), 0);
  }

  private Command resume() {
    SessionId session = anySession();
    long last = lastNumber(session);
    ModelSession alive = alive(session);
    List<Long> unanswered = new ArrayList<>();
    for (long number = 1; number <= last; number++) {
      if (dice.oneIn(2) || (alive != null && alive.window.waiting.contains(number))) {
        unanswered.add(number);
      }
    }
    return new Command.ResumeSession(session, last, unanswered);
  }

  private Command acknowledge() {
    SessionId session = anySession();
    long last = lastNumber(session);
    long through = dice.oneIn(2) ? 0 : dice.from(0, (int) last);
    List<Long> also = new ArrayList<>();
    for (long number = through + 1; number <= last; number++) {
      if (dice.oneIn(4)) {
        also.add(number);
      }
    }
    return new Command.Acknowledge(session, through, also);
  }

  private Command request() {
    if (dice.oneIn(25)) {
      return new Command.Request(null, 0, operations.ofNobody());
    }
    SessionId session = anySession();
    List<Command.Request> old = sent.computeIfAbsent(session.sequence(), s -> new ArrayList<>());
    if (!old.isEmpty() && dice.oneIn(12)) {
      return dice.of(old);
    }
    long number = number(session);
    Operation operation = operations.next(lastNumber(session));
    Command.Request request = new Command.Request(session, number, operation);
    if (number > 0) {
      old.add(request);
    }
    return request;
  }

  /** Mostly the next one; at times none, or one after a gap. */
  private long number(SessionId session) {
    if (dice.oneIn(10)) {
      return 0;
    }
    long number = lastNumber(session) + (dice.oneIn(30) ? 2 : 1);
    lastNumbers.put(session.sequence(), number);
    return number;
  }

  private long lastNumber(SessionId session) {
    return lastNumbers.getOrDefault(session.sequence(), 0L);
  }

  private @Nullable ModelSession alive(SessionId id) {
    return model.world.sessions.stream()
        .filter(s -> s.id.sequence() == id.sequence())
        .findFirst()
        .orElse(null);
  }
}
