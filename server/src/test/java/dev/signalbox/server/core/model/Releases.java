package dev.signalbox.server.core.model;

import static dev.signalbox.server.core.model.World.refuseIf;

import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Names;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.Slot;
import dev.signalbox.server.core.model.ModelGrant.Holding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Giving back and signalling (R1 to R6, O8). */
final class Releases {
  private static final Result.ItemResult NOT_HELD = notHeld(NotHeldReason.UNKNOWN);

  private final World world;

  Releases(World world) {
    this.world = world;
  }

  /** All of it, or a refusal and nothing of it (R3). */
  List<Result.ItemResult> release(@Nullable ModelSession session, Operation.Release release) {
    return release(session, release, null);
  }

  /** All of its items lie where the given name does, or else where the first of them does (O3). */
  List<Result.ItemResult> release(
      @Nullable ModelSession session, Operation.Release release, @Nullable String beside) {
    release.items().forEach(this::touch);
    lookUpNames(release.items(), beside);
    checkEvents(release.items());
    Runnable undo = undo();
    try {
      List<Result.ItemResult> results = new ArrayList<>();
      for (int i = 0; i < release.items().size(); i++) {
        results.add(apply(session, release.items().get(i), i));
      }
      if (session != null) {
        release.fulfilledWills().forEach(session.wills::remove);
      }
      return results;
    } catch (World.RefusedException refused) {
      undo.run();
      throw refused;
    }
  }

  /** All names count as asked for, even where one of them is refused (O5). */
  private void touch(Operation.Item item) {
    if (item instanceof Operation.Signal signal) {
      world.touch(signal.semaphore());
    } else if (item instanceof Operation.GiveBack giveBack && giveBack.semaphore() != null) {
      world.touch(giveBack.semaphore());
    }
  }

  /** In the order listed: the semaphore must exist and lie where it should. */
  private void lookUpNames(List<Operation.Item> items, @Nullable String beside) {
    String first = beside;
    for (int i = 0; i < items.size(); i++) {
      Operation.Item item = items.get(i);
      if (item instanceof Operation.Signal signal) {
        world.lookUp(signal.semaphore(), i);
      }
      String name = nameIn(item);
      first = first == null ? name : first;
      boolean foreign = first != null && name != null && !Names.sameNamespace(first, name);
      refuseIf(foreign, Refusal.INVALID_FIELD, field(item, i), "", i);
    }
  }

  /** An event is set, not counted up (V2). */
  private void checkEvents(List<Operation.Item> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Operation.Signal signal) {
        boolean event = world.existing(signal.semaphore()).isEvent();
        String field = "items[" + i + "].signal.permits";
        refuseIf(event && signal.permits() != 1, Refusal.INVALID_FIELD, field, "", i);
      }
    }
  }

  private static String field(Operation.Item item, int index) {
    boolean signal = item instanceof Operation.Signal;
    return "items[" + index + "]." + (signal ? "signal.semaphore" : "give_back.grant_id");
  }

  /** A name that tells the item's namespace; null for all of a grant that is not held. */
  private @Nullable String nameIn(Operation.Item item) {
    if (item instanceof Operation.Signal signal) {
      return signal.semaphore();
    }
    Operation.GiveBack giveBack = (Operation.GiveBack) item;
    ModelGrant grant = world.grant(giveBack.grant());
    return grant == null ? giveBack.semaphore() : grant.holdings.get(0).semaphore().name;
  }

  private Result.ItemResult apply(@Nullable ModelSession session, Operation.Item item, int index) {
    return item instanceof Operation.Signal signal
        ? signal(session, signal, index)
        : giveBack((Operation.GiveBack) item);
  }

  private Result.ItemResult signal(
      @Nullable ModelSession session, Operation.Signal signal, int index) {
    ModelSemaphore semaphore = world.existing(signal.semaphore());
    int permits = signal.permits();
    long own = world.heldByNumber(session, semaphore);
    refuseIf(
        semaphore.config.ownerOnly() && permits > own,
        Refusal.NOT_HELD_BY_SESSION,
        semaphore.name,
        "",
        index);
    refuseIf(
        !semaphore.isEvent() && (long) semaphore.count + permits - semaphore.debt > semaphore.max(),
        Refusal.TOO_MANY_POSTS,
        semaphore.name,
        "",
        index);
    int before = semaphore.count;
    giveBackOldestFirst(session, semaphore, (int) Math.min(permits, own));
    if (permits > own) {
      semaphore.neverSignalled = false;
    }
    semaphore.put(permits, world.now);
    return released(List.of(before));
  }

  /** Takes permits out of the session's grants without putting them anywhere (R5). */
  private void giveBackOldestFirst(
      @Nullable ModelSession session, ModelSemaphore semaphore, int permits) {
    int left = permits;
    for (ModelGrant grant : List.copyOf(world.grants)) {
      Holding holding = grant.holding(semaphore);
      if (left > 0 && grant.session == session && !grant.credit && holding != null) {
        int taken = Math.min(left, holding.permits());
        replace(grant, holding, holding.without(taken));
        left -= taken;
      }
    }
  }

  /** R4. */
  Result.ItemResult giveBack(Operation.GiveBack item) {
    ModelGrant grant = world.grant(item.grant());
    if (grant == null) {
      return notHeld(world.fate(item.grant()));
    }
    String name = item.semaphore();
    if (name == null) {
      return released(giveBackAll(grant));
    }
    Holding holding = grant.holding(name);
    if (holding == null || !holds(holding, item)) {
      return NOT_HELD;
    }
    int before = holding.semaphore().count;
    Holding rest = rest(holding, item);
    replace(grant, holding, rest);
    boolean whole = item.permits() == 0 && item.slots().isEmpty();
    if (!whole || !holding.semaphore().refills()) {
      holding.semaphore().put(holding.permits() - rest.permits(), world.now);
    }
    return released(List.of(before));
  }

  private static boolean holds(Holding holding, Operation.GiveBack item) {
    List<Integer> numbers = holding.slots().stream().map(Slot::number).toList();
    return item.permits() <= holding.permits() && numbers.containsAll(item.slots());
  }

  private static Holding rest(Holding holding, Operation.GiveBack item) {
    if (!item.slots().isEmpty()) {
      return holding.without(item.slots());
    }
    return holding.without(item.permits() == 0 ? holding.permits() : item.permits());
  }

  /** Gives back all that a grant still holds, but for tokens (K7); each count before. */
  List<Integer> giveBackAll(ModelGrant grant) {
    List<Integer> before = new ArrayList<>();
    for (Holding holding : grant.holdings) {
      before.add(holding.semaphore().count);
      replace(grant, holding, holding.without(holding.permits()));
      if (!holding.semaphore().refills()) {
        holding.semaphore().put(holding.permits(), world.now);
      }
    }
    return before;
  }

  /** Gives back all that a grant still holds, although its owner did not ask for it (M3). */
  void recover(ModelGrant grant, NotHeldReason reason) {
    List<Holding> holdings = grant.holdings;
    giveBackAll(grant);
    for (Holding holding : holdings) {
      holding.semaphore().abandoned = holding.semaphore().config.kind() == Kind.MUTEX;
    }
    world.remember(grant.id, reason);
  }

  /** What a semaphore that is being deleted had given to a grant is gone. */
  void strike(ModelGrant grant, Holding holding) {
    replace(grant, holding, holding.without(holding.permits()));
  }

  /** A grant that holds nothing any more is no grant; a session likewise is no holder. */
  private void replace(ModelGrant grant, Holding holding, Holding rest) {
    List<Holding> holdings = new ArrayList<>(grant.holdings);
    int place = holdings.indexOf(holding);
    if (rest.permits() == 0) {
      holdings.remove(place);
    } else {
      holdings.set(place, rest);
    }
    grant.holdings = List.copyOf(holdings);
    if (holdings.isEmpty()) {
      world.grants.remove(grant);
    }
    if (world.heldBy(grant.session, holding.semaphore()) == 0) {
      holding.semaphore().holders.remove(grant.session);
    }
  }

  private Runnable undo() {
    List<Runnable> undos = new ArrayList<>();
    world.semaphores.forEach(semaphore -> undos.add(semaphore.undo()));
    List<ModelGrant> oldGrants = List.copyOf(world.grants);
    undos.add(() -> {
      world.grants.clear();
      world.grants.addAll(oldGrants);
    });
    for (ModelGrant grant : oldGrants) {
      List<Holding> oldHoldings = grant.holdings;
      undos.add(() -> grant.holdings = oldHoldings);
    }
    return () -> undos.forEach(Runnable::run);
  }

  private static Result.ItemResult released(List<Integer> before) {
    return new Result.ItemResult(true, NotHeldReason.UNKNOWN, before);
  }

  private static Result.ItemResult notHeld(NotHeldReason reason) {
    return new Result.ItemResult(false, reason, List.of());
  }
}
