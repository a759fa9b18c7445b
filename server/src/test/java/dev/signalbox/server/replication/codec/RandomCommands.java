package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Commands of every kind, with every field drawn anew. */
public final class RandomCommands {
  private final SplittableRandom random;

  public RandomCommands(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** One command of each kind, and one request of each operation. */
  public List<Command> oneOfEach() {
    List<Command> commands = new ArrayList<>();
    commands.add(open());
    commands.add(new Command.ResumeSession(session(), number(), List.of(number(), number())));
    commands.add(new Command.EndSession(session(), oneOf(EndCause.values())));
    commands.add(new Command.Acknowledge(session(), number(), List.of(number())));
    commands.add(new Command.Configure(limits()));
    for (Operation operation : operations()) {
      commands.add(new Command.Request(session(), number(), operation));
    }
    commands.add(new Command.Request(null, 0, create()));
    return commands;
  }

  private Command open() {
    return new Command.OpenSession(
        name(),
        random.nextLong(1_000_000, 600_000_001),
        random.nextLong(-1, 1_000_001),
        random.nextBoolean());
  }

  private Limits limits() {
    return new Limits(positive(), positive(), positive(), positive(), positive(), positive());
  }

  private List<Operation> operations() {
    return List.of(
        create(),
        new Operation.OpenSemaphore(name(), oneOf(Kind.values())),
        new Operation.UpdateSemaphore(name(), random.nextInt(-1, 100), refill(), idleTtl()),
        new Operation.UpdateSemaphore(name(), 0, null, Operation.UpdateSemaphore.UNCHANGED),
        new Operation.DeleteSemaphore(name(), random.nextBoolean()),
        new Operation.DeleteSemaphore(name(), random.nextBoolean(), oneOf(Kind.values())),
        createOfOne(Kind.MUTEX),
        createOfOne(Kind.EVENT),
        new Operation.ResetEvent(name()),
        acquire(),
        release(),
        new Operation.ReleaseAndAcquire(release(), acquire()),
        new Operation.Cancel(number()),
        new Operation.Drain(name(), random.nextBoolean()),
        new Operation.TakeCredit(name(), positive()),
        new Operation.SetWill(number(), some(3, this::signal)),
        new Operation.ClearWill(number()));
  }

  private Operation create() {
    int max = positive();
    SemaphoreConfig config =
        new SemaphoreConfig(Kind.SEMAPHORE, max, random.nextBoolean(), false, refill(), idleTtl());
    return new Operation.CreateSemaphore(
        name(), random.nextInt(max), config, oneOf(IfExists.values()));
  }

  private Operation createOfOne(Kind kind) {
    boolean manualReset = kind == Kind.EVENT && random.nextBoolean();
    SemaphoreConfig config =
        new SemaphoreConfig(kind, 1, false, false, manualReset, null, idleTtl());
    return new Operation.CreateSemaphore(name(), 1, config, oneOf(IfExists.values()));
  }

  private Operation.Acquire acquire() {
    return new Operation.Acquire(
        some(4, () -> new Operation.Part(name(), positive())),
        oneOf(Operation.Mode.values()),
        random.nextLong(-1, 1_000_000),
        random.nextBoolean(),
        random.nextBoolean() ? 0 : random.nextLong(1_000, 1_000_000_000));
  }

  private Operation.Release release() {
    return new Operation.Release(
        List.of(signal(), new Operation.GiveBack(grant()), part(), slots()),
        List.of(number(), number()));
  }

  private Operation.Signal signal() {
    return new Operation.Signal(name(), positive());
  }

  private Operation.GiveBack part() {
    return new Operation.GiveBack(grant(), name(), positive(), List.of());
  }

  private Operation.GiveBack slots() {
    return new Operation.GiveBack(grant(), name(), 0, List.of(3, 0, 16_383));
  }

  private SessionId session() {
    return new SessionId(number(), random.nextLong());
  }

  private GrantId grant() {
    return new GrantId(number(), random.nextLong());
  }

  private @Nullable Refill refill() {
    return random.nextBoolean() ? null : new Refill(positive(), random.nextLong(1_000, 1_000_000));
  }

  private long idleTtl() {
    return random.nextBoolean() ? 0 : random.nextLong(1_000_000, 1_000_000_000);
  }

  /** Distinct, so that no name stands twice in one request. */
  private String name() {
    return "payments/" + Long.toString(random.nextLong(), 36) + "-\u00e9\u6771\ud83d\ude80";
  }

  private long number() {
    return random.nextLong(1, 1L << random.nextInt(1, 62));
  }

  private int positive() {
    return random.nextInt(1, 1 << random.nextInt(1, 31));
  }

  private <T> List<T> some(int most, Supplier<T> each) {
    List<T> all = new ArrayList<>();
    int count = random.nextInt(1, most + 1);
    for (int i = 0; i < count; i++) {
      all.add(each.get());
    }
    return all;
  }

  private <T> T oneOf(T[] constants) {
    return constants[random.nextInt(constants.length)];
  }
}
