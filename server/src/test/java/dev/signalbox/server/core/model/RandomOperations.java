package dev.signalbox.server.core.model;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Names;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Operation.Mode;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Operations for {@link RandomCommands}. */
final class RandomOperations {
  private final Dice dice;
  private final World world;
  private final List<String> names;
  private final int topCount;
  private final boolean huge;
  private final boolean plain;
  private final boolean refilling;
  private final boolean numbered;
  private final int kinds;
  private final List<Supplier<Operation>> favourites = new ArrayList<>();
  private long lastNumber;

  RandomOperations(Dice dice, World world) {
    this.dice = dice;
    this.world = world;
    this.names = names();
    this.topCount = dice.from(1, 5);
    this.huge = dice.oneIn(15);
    this.plain = dice.oneIn(3);
    this.refilling = dice.oneIn(3);
    this.numbered = dice.oneIn(3) && !huge;
    this.kinds = dice.of(2, 3, 20);
    chooseFavourites();
  }

  /** Mostly of one namespace, so that acquires may name several. */
  private List<String> names() {
    return dice.of(
        List.of("a"),
        List.of("a", "b"),
        List.of("a", "b", "c"),
        List.of("n/a", "n/b", "n/c", "n/d"),
        List.of("a", "b", "n/a", "n/b"));
  }

  /** Some sequences hardly ever see a resize, others see little else, and so on. */
  private void chooseFavourites() {
    favour(this::acquire, dice.from(2, 12));
    favour(this::release, dice.from(2, 8));
    favour(this::releaseAndAcquire, dice.from(0, 3));
    favour(this::cancel, dice.from(0, 3));
    favour(this::drain, dice.from(0, 2));
    favour(this::takeCredit, dice.of(0, 0, 1, 4));
    favour(this::update, dice.from(0, 3));
    favour(this::setWill, dice.from(0, 2));
    favour(this::clearWill, dice.from(0, 1));
    favour(this::create, dice.from(0, 1));
    favour(this::open, dice.from(0, 1));
    favour(this::delete, dice.oneIn(3) ? 1 : 0);
    favour(this::reset, dice.from(0, 2));
  }

  private void favour(Supplier<Operation> operation, int weight) {
    for (int i = 0; i < weight; i++) {
      favourites.add(operation);
    }
  }

  /** An operation of a session whose highest request number so far is given. */
  Operation next(long lastNumber) {
    this.lastNumber = lastNumber;
    boolean missing = world.semaphores.size() < names.size();
    return missing && dice.oneIn(2) ? create() : dice.of(favourites).get();
  }

  /** An operation that needs no session. */
  Operation ofNobody() {
    return switch (dice.below(20)) {
      case 0, 1 -> create();
      case 2, 3 -> update();
      case 4 -> delete();
      case 5 -> open();
      case 6 -> reset();
      case 7, 8 -> new Operation.Acquire(parts(name()), dice.of(Mode.values()), 0, true, 0);
      default -> new Operation.Release(items(name()), List.of());
    };
  }

  private String name() {
    if (dice.oneIn(30) || world.semaphores.isEmpty()) {
      return dice.of(names);
    }
    return dice.of(world.semaphores).name;
  }

  private String nameBeside(String first) {
    String name = name();
    return Names.sameNamespace(first, name) ? name : first;
  }

  /** Some sequences count where numbers could overflow. */
  private int count(int first, int last) {
    int most = Integer.MAX_VALUE;
    return huge ? dice.of(first, most / 2, most / 2 + 1, most - 1, most) : dice.from(first, last);
  }

  private Operation create() {
    return dice.oneIn(kinds) ? createOfOne() : createSemaphore();
  }

  private Operation createOfOne() {
    Kind kind = dice.of(Kind.MUTEX, Kind.EVENT);
    boolean manual = kind == Kind.EVENT && dice.oneIn(2);
    SemaphoreConfig config =
        new SemaphoreConfig(kind, 1, false, false, manual, null, plain ? 0 : idleTtl());
    int initial = kind == Kind.EVENT ? dice.below(2) : 1;
    return new Operation.CreateSemaphore(
        dice.of(names), initial, config, dice.of(IfExists.values()));
  }

  private Operation reset() {
    return new Operation.ResetEvent(name());
  }

  private Operation createSemaphore() {
    int max = count(1, topCount);
    int initial = dice.oneIn(4) ? dice.below(max) : max;
    SemaphoreConfig config =
        plain
            ? new SemaphoreConfig(Kind.SEMAPHORE, max, dice.oneIn(3), false, null, 0)
            : config(max);
    String name = dice.oneIn(3) ? name() : dice.of(names);
    return new Operation.CreateSemaphore(name, initial, config, dice.of(IfExists.values()));
  }

  private SemaphoreConfig config(int max) {
    Refill refill = refilling && dice.oneIn(2) ? refill() : null;
    boolean slots = refill == null && numbered && dice.oneIn(2);
    return new SemaphoreConfig(Kind.SEMAPHORE, max, dice.oneIn(4), slots, refill, idleTtl());
  }

  private Refill refill() {
    int permits = !huge && dice.oneIn(8) ? 5_500 : dice.from(1, 3);
    return new Refill(permits, dice.of(1_000L, 3_000L, 10_000L));
  }

  private long idleTtl() {
    return dice.of(0L, 0L, 0L, 1_000_000L, 1_000_000L, 1_002_000L);
  }

  private Operation update() {
    int max = dice.oneIn(4) ? -1 : count(0, topCount + 1);
    Refill refill = refilling && dice.oneIn(3) ? refill() : null;
    return new Operation.UpdateSemaphore(name(), max, refill, dice.oneIn(4) ? idleTtl() : -1);
  }

  private Operation delete() {
    Kind kind = dice.oneIn(2) ? null : dice.of(Kind.values());
    return new Operation.DeleteSemaphore(name(), dice.oneIn(2), kind);
  }

  private Operation open() {
    return new Operation.OpenSemaphore(name(), dice.of(Kind.values()));
  }

  private Operation drain() {
    return new Operation.Drain(name(), dice.oneIn(4));
  }

  private Operation takeCredit() {
    return new Operation.TakeCredit(name(), count(1, topCount));
  }

  private Operation.Acquire acquire() {
    return acquire(name());
  }

  private Operation.Acquire acquire(String first) {
    long hold = dice.oneIn(4) ? millis() : 0;
    return new Operation.Acquire(
        parts(first), dice.of(Mode.values()), waitTime(), dice.oneIn(10), hold);
  }

  private List<Operation.Part> parts(String first) {
    List<Operation.Part> parts = new ArrayList<>();
    parts.add(new Operation.Part(first, permits()));
    for (int i = dice.oneIn(2) ? 0 : dice.below(4); i > 0; i--) {
      String name = nameBeside(first);
      if (parts.stream().noneMatch(part -> part.semaphore().equals(name))) {
        parts.add(new Operation.Part(name, permits()));
      }
    }
    return parts;
  }

  private int permits() {
    return dice.oneIn(2) ? 1 : count(1, dice.oneIn(10) ? topCount + 1 : topCount);
  }

  private long waitTime() {
    return switch (dice.below(6)) {
      case 0 -> 0;
      case 1, 2 -> Operation.FOREVER;
      default -> millis();
    };
  }

  /** Few lengths, so that deadlines fall together. */
  private long millis() {
    return 1000L * dice.of(1, 2, 3, 5, 20);
  }

  private Operation cancel() {
    long number = lastNumber - dice.below(5);
    return new Operation.Cancel(Math.max(1, number));
  }

  private Operation releaseAndAcquire() {
    String first = name();
    return new Operation.ReleaseAndAcquire(release(first), acquire(nameBeside(first)));
  }

  private Operation.Release release() {
    return release(name());
  }

  private Operation.Release release(String first) {
    List<Long> wills = dice.oneIn(8) ? List.of(will()) : List.of();
    return new Operation.Release(items(first), wills);
  }

  private List<Operation.Item> items(String first) {
    List<Operation.Item> items = new ArrayList<>();
    for (int i = dice.oneIn(3) ? dice.from(1, 4) : 1; i > 0; i--) {
      items.add(dice.oneIn(2) ? signal(first) : giveBack(first));
    }
    return items;
  }

  private Operation.Signal signal(String beside) {
    return new Operation.Signal(nameBeside(beside), dice.oneIn(2) ? 1 : permits());
  }

  /** Mostly a grant that is held, by this session or another; at times a stale or forged one. */
  private Operation.Item giveBack(String beside) {
    ModelGrant grant = world.grants.isEmpty() ? null : dice.of(world.grants);
    if (grant == null || dice.oneIn(10)) {
      long sequence = dice.from(1, (int) world.grantsMade + 1);
      return new Operation.GiveBack(new GrantId(sequence, dice.oneIn(2) ? 0 : 5));
    }
    GrantId id = new GrantId(grant.id.sequence(), 0);
    String name = dice.of(grant.holdings).semaphore().name;
    if (dice.oneIn(2) || !Names.sameNamespace(name, beside)) {
      return new Operation.GiveBack(id);
    }
    return part(id, grant, dice.oneIn(10) ? nameBeside(name) : name);
  }

  private Operation.Item part(GrantId id, ModelGrant grant, String name) {
    ModelGrant.Holding holding = grant.holding(name);
    if (holding == null || holding.slots().isEmpty() || dice.oneIn(3)) {
      return new Operation.GiveBack(id, name, dice.from(0, 2), List.of());
    }
    int slot = dice.oneIn(8) ? dice.below(5) : dice.of(holding.slots()).number();
    return new Operation.GiveBack(id, name, 0, List.of(slot));
  }

  private Operation setWill() {
    String first = name();
    List<Operation.Signal> signals = new ArrayList<>();
    for (int i = dice.from(1, 2); i > 0; i--) {
      signals.add(signal(first));
    }
    return new Operation.SetWill(will(), signals);
  }

  private Operation clearWill() {
    return new Operation.ClearWill(will());
  }

  private long will() {
    return dice.from(1, 3);
  }
}
