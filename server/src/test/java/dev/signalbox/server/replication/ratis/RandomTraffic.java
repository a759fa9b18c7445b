package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.codec.SnapshotCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Entries as several clients make them, and the machine that has applied them: what a node that
 * takes them should come to. The times of the entries are later than any clock's.
 */
final class RandomTraffic {
  private static final long FAR_FUTURE = 9_000_000_000_000_000L;
  private static final int SEMAPHORES = 12;

  private final SplittableRandom random;
  private final Machine machine = new Machine();
  private final List<SessionId> sessions = new ArrayList<>();
  private final List<GrantId> grants = new ArrayList<>();
  private long time = FAR_FUTURE;
  private long lastNumber;

  RandomTraffic(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next entry. */
  Entry next() {
    time += random.nextInt(20_000);
    List<Command> commands = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      commands.add(command());
    }
    Entry entry = new Entry(time, random.nextLong(), random.nextLong(), commands);
    machine.apply(entry).forEach(this::note);
    return entry;
  }

  /** The snapshot of the machine as the entries so far have left it. */
  byte[] snapshot() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SnapshotCodec.write(machine, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void note(Outcome outcome) {
    if (outcome instanceof Outcome.Answer answer) {
      if (answer.result() instanceof Result.Opened opened) {
        sessions.add(opened.session());
      } else if (answer.result() instanceof Result.Granted granted && granted.id() != null) {
        grants.add(granted.id());
      }
    } else if (outcome instanceof Outcome.SessionEnded ended) {
      sessions.remove(ended.session());
    }
  }

  private Command command() {
    if (sessions.size() < 3) {
      return new Command.OpenSession("traffic", 15_000_000, -1, false);
    }
    SessionId session = sessions.get(random.nextInt(sessions.size()));
    return switch (random.nextInt(40)) {
      case 0 -> new Command.EndSession(session, EndCause.EXPIRED);
      case 1, 2 -> new Command.Acknowledge(session, lastNumber - 20, List.of(lastNumber - 10));
      default -> new Command.Request(session, ++lastNumber, operation());
    };
  }

  private Operation operation() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> create();
      case 2, 3, 4, 5 -> acquire();
      case 6 -> new Operation.SetWill(random.nextInt(1, 4), List.of(signal()));
      case 7 -> new Operation.Release(List.of(signal()), List.of());
      default -> new Operation.Release(List.of(giveBack()), List.of());
    };
  }

  private Operation create() {
    int kind = random.nextInt(4);
    int max = random.nextInt(1, 5);
    SemaphoreConfig config =
        new SemaphoreConfig(
            Kind.SEMAPHORE,
            max,
            kind == 0,
            kind == 0,
            kind == 1 ? new Refill(3, 50_000) : null,
            kind == 2 ? 1_000_000 : 0);
    return new Operation.CreateSemaphore(name(), max, config, IfExists.OPEN);
  }

  private Operation acquire() {
    return new Operation.Acquire(
        List.of(new Operation.Part(name(), 1)),
        Operation.Mode.ALL_OF,
        random.nextBoolean() ? Operation.FOREVER : random.nextInt(200_000),
        false,
        random.nextBoolean() ? 0 : random.nextInt(1_000, 300_000));
  }

  private Operation.Signal signal() {
    return new Operation.Signal(name(), 1);
  }

  private Operation.Item giveBack() {
    return grants.isEmpty()
        ? signal()
        : new Operation.GiveBack(grants.get(random.nextInt(grants.size())));
  }

  private String name() {
    return "traffic/" + random.nextInt(SEMAPHORES);
  }
}
