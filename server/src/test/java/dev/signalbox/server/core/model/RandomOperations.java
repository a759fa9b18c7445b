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
  private static final List<String> NAMES = List.of("a", "b", "c", "n/a", "n/b");

  private final Dice dice;
  private final World world;
  private final int names;
  private final int topCount;
  private final boolean plain;
  private final boolean refilling;
  private final boolean numbered;
  private final List<Supplier<Operation>> favourites = new ArrayList<>();
  private long lastNumber;

  RandomOperations(Dice dice, World world) {
    this.dice = dice;
    this.world = world;
    this.names = dice.from(1, NAMES.size());
    this.topCount = dice.from(1, 5);
    this.plain = dice.oneIn(3);
    this.refilling = dice.oneIn(3);
    this.numbered = dice.oneIn(3);
    List<Supplier<Operation>> all = all();
    for (int i = 0; i < 6; i++) {
      favourites.add(dice.of(all));
    }
  }

  private List<Supplier<Operation>> all() {
    return List.of(
        this::acquire,
        this::acquire,
        this::release,
        this::release,
        this::releaseAndAcquire,
        this::cancel,
        this::drain,
        this::update,
        this::delete,
        this::create,
        this::setWill);
  }

  /** An operation of a session; the number is the highest that it has used. */
  Operation of(long lastNumber) {
    this.lastNumber = lastNumber;
    if (world.semaphores.isEmpty() || (world.semaphores.size() < names && dice.oneIn(4))) {
      return create();
    }
    return switch (dice.below(40)) {
      case 0 -> create();
      case 1 -> new Operation.OpenSemaphore(name(), dice.oneIn(4) ? Kind.MUTEX : Kind.SEMAPHORE);
      case 2 -> update();
      case 3 -> delete();
      case 4 -> drain();
      case 5 -> setWill();
      case 6 -> new Operation.ClearWill(will());
      case 7, 8 -> releaseAndAcquire();
      case 9, 10, 11 -> cancel();
      case 12, 13, 14, 15, 16, 17, 18 -> acquire();
      case 19, 20, 21, 22, 23, 24 -> release();
      default -> dice.of(favourites).get();
    };
  }

  /** An operation that needs no session. */
  Operation ofNobody() {
    return switch (dice.below(6)) {
      case 0 -> create();
      case 1 -> update();
      case 2 -> delete();
      case 3 -> new Operation.OpenSemaphore(name(), Kind.SEMAPHORE);
      default -> new Operation.Release(items(name()), List.of());
    };
  }

  private String name() {
    if (dice.oneIn(30) || world.semaphores.isEmpty()) {
      return dice.of(NAMES.subList(0, names));
    }
    return dice.of(world.semaphores).name;
  }

  private String nameBeside(String first) {
    String name = name();
    return Names.sameNamespace(first, name) ? name : first;
  }

  private Operation create() {
    int max = dice.from(1, topCount);
    int initial = dice.oneIn(4) ? dice.from(0, max) : max;
    SemaphoreConfig config =
        plain
            ? new SemaphoreConfig(Kind.SEMAPHORE, max, dice.oneIn(3), false, null, 0)
            : config(max);
    String name = dice.oneIn(3) ? name() : dice.of(NAMES.subList(0, names));
    return new Operation.CreateSemaphore(name, initial, config, dice.of(IfExists.values()));
  }

  private SemaphoreConfig config(int max) {
    Refill refill = refilling && dice.oneIn(2) ? refill() : null;
    boolean slots = refill == null && numbered && dice.oneIn(2);
    Kind kind = dice.oneIn(10) ? Kind.MUTEX : Kind.SEMAPHORE;
    return new SemaphoreConfig(kind, max, dice.oneIn(4), slots, refill, idleTtl());
  }

  private Refill refill() {
    return new Refill(dice.from(1, 3), dice.of(1_000L, 3_000L, 10_000L));
  }

  private long idleTtl() {
    return dice.of(0L, 0L, 0L, 1_000_000L, 1_000_000L, 1_002_000L);
  }

  private Operation update() {
    int max = dice.oneIn(4) ? -1 : dice.from(0, topCount + 1);
    Refill refill = refilling && dice.oneIn(3) ? refill() : null;
    return new Operation.UpdateSemaphore(name(), max, refill, dice.oneIn(4) ? idleTtl() : -1);
  }

  private Operation delete() {
    return new Operation.DeleteSemaphore(name(), dice.oneIn(2));
  }

  private Operation drain() {
    return new Operation.Drain(name(), dice.oneIn(4));
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
    for (int i = dice.below(4); i > 0 && dice.oneIn(2); i--) {
      String name = nameBeside(first);
      if (parts.stream().noneMatch(part -> part.semaphore().equals(name))) {
        parts.add(new Operation.Part(name, permits()));
      }
    }
    return parts;
  }

  private int permits() {
    return dice.oneIn(2) ? 1 : dice.from(1, dice.oneIn(10) ? topCount + 1 : topCount);
  }

  private long waitTime() {
    return switch (dice.below(4)) {
      case 0 -> 0;
      case 1 -> Operation.FOREVER;
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

  private long will() {
    return dice.from(1, 3);
  }
}
