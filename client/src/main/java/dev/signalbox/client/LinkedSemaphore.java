package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.SemaphoreResult;
import dev.signalbox.v1.UpdateSemaphore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A semaphore as seen through a link. */
final class LinkedSemaphore extends LinkedObject implements RemoteSemaphore {
  private final boolean refills;
  private final boolean numbered;
  private final @Nullable CreditStash credit;
  private final Wanted one;
  private final Wanted oneAtOnce;

  /** A handle with all rights. */
  LinkedSemaphore(SessionLink link, SemaphoreResult found) {
    super(link, found, AccessRight.all());
    refills = found.getSemaphore().hasRefill();
    numbered = found.getSemaphore().getNumbered();
    credit = null;
    one = Wanted.of(Acquire.of(this, 1));
    oneAtOnce = Wanted.of(Acquire.of(this, 1).within(Duration.ZERO));
  }

  private LinkedSemaphore(
      LinkedSemaphore wider, Set<AccessRight> fewer, @Nullable CreditStash credit) {
    super(wider, fewer);
    this.credit = credit;
    refills = wider.refills;
    numbered = wider.numbered;
    one = wider.one;
    oneAtOnce = wider.oneAtOnce;
  }

  boolean refills() {
    return refills;
  }

  @Override
  public RemoteSemaphore withRights(Set<AccessRight> fewer) {
    return new LinkedSemaphore(this, fewer, credit);
  }

  @Override
  public RemoteSemaphore withCredit(Credit terms) {
    if (numbered) {
      throw new SignalboxException.InvalidArgument("semaphore", "must not be numbered");
    }
    return new LinkedSemaphore(this, rights(), new CreditStash(link, name(), terms, refills));
  }

  /** From credit, if there is any; null also where the acquire is to be refused or interrupted. */
  private @Nullable CreditPermit fromCredit(int permits) {
    if (credit == null || !maySynchronize()) {
      return null;
    }
    return Thread.currentThread().isInterrupted() ? null : credit.take(permits);
  }

  /** From credit, which may be asked for first. */
  private @Nullable CreditPermit fromAnyCredit(int permits) throws InterruptedException {
    CreditPermit here = fromCredit(permits);
    return here == null && credit != null && maySynchronize() ? credit.ask(permits) : here;
  }

  private boolean maySynchronize() {
    return rights().contains(AccessRight.SYNCHRONIZE);
  }

  private <T> CompletableFuture<T> begin(Supplier<Call<T>> call) {
    return credit == null ? Access.begin(link, call) : credit.begin(() -> Access.begin(link, call));
  }

  @Override
  public Acquire.Part permits(int permits) {
    return new Acquire.Part(this, permits);
  }

  @Override
  public Permit acquire() throws InterruptedException {
    return acquire(1);
  }

  @Override
  public Permit acquire(int permits) throws InterruptedException {
    CreditPermit here = fromAnyCredit(permits);
    return here != null ? here : link.perform(AcquireCall.untilGranted(link, wanted(permits)));
  }

  @Override
  public Optional<Permit> tryAcquire() throws InterruptedException {
    return tryAcquire(1);
  }

  @Override
  public Optional<Permit> tryAcquire(int permits) throws InterruptedException {
    return tryAcquire(permits, Duration.ZERO);
  }

  @Override
  public Optional<Permit> tryAcquire(int permits, Duration wait) throws InterruptedException {
    CreditPermit here = fromAnyCredit(permits);
    return here != null
        ? Optional.of(here)
        : link.perform(AcquireCall.ifGranted(link, wanted(permits, wait)));
  }

  @Override
  public CompletableFuture<Permit> acquireAsync() {
    return acquireAsync(1);
  }

  @Override
  public CompletableFuture<Permit> acquireAsync(int permits) {
    CreditPermit here = fromCredit(permits);
    return here != null
        ? CompletableFuture.completedFuture(here)
        : begin(() -> AcquireCall.untilGranted(link, wanted(permits)));
  }

  @Override
  public CompletableFuture<Optional<Permit>> acquireAsync(int permits, Duration wait) {
    CreditPermit here = fromCredit(permits);
    return here != null
        ? CompletableFuture.completedFuture(Optional.of(here))
        : begin(() -> AcquireCall.ifGranted(link, wanted(permits, wait)));
  }

  private Wanted wanted(int permits) {
    Access.ensure(this, AccessRight.SYNCHRONIZE);
    return permits == 1 ? one : Wanted.of(Acquire.of(this, permits));
  }

  private Wanted wanted(int permits, Duration wait) {
    Access.ensure(this, AccessRight.SYNCHRONIZE);
    return permits == 1 && wait.isZero()
        ? oneAtOnce
        : Wanted.of(Acquire.of(this, permits).within(wait));
  }

  @Override
  public ReleaseResult release(int permits) throws InterruptedException {
    return link.perform(signal(permits));
  }

  @Override
  public CompletableFuture<ReleaseResult> releaseAsync(int permits) {
    return Access.begin(link, () -> signal(permits));
  }

  private Call<ReleaseResult> signal(int permits) {
    return ReleaseCall.ofOne(link, ReleaseItem.signal(this, permits));
  }

  @Override
  public Optional<Permit> drain() throws InterruptedException {
    return link.perform(AcquireCall.drain(link, wanted(1)));
  }

  @Override
  public CompletableFuture<Optional<Permit>> drainAsync() {
    return Access.begin(link, () -> AcquireCall.drain(link, wanted(1)));
  }

  @Override
  public SemaphoreInfo info() throws InterruptedException {
    return info(0);
  }

  @Override
  public SemaphoreInfo info(int listed) throws InterruptedException {
    return info(listed, ReadMode.LINEARIZABLE);
  }

  @Override
  public SemaphoreInfo info(int listed, ReadMode mode) throws InterruptedException {
    return link.perform(look(listed, mode));
  }

  @Override
  public CompletableFuture<SemaphoreInfo> infoAsync(int listed) {
    return infoAsync(listed, ReadMode.LINEARIZABLE);
  }

  @Override
  public CompletableFuture<SemaphoreInfo> infoAsync(int listed, ReadMode mode) {
    return Access.begin(link, () -> look(listed, mode));
  }

  @Override
  public SemaphoreInfo resize(int max) throws InterruptedException {
    return link.perform(update(max));
  }

  @Override
  public CompletableFuture<SemaphoreInfo> resizeAsync(int max) {
    return Access.begin(link, () -> update(max));
  }

  private Call<SemaphoreInfo> update(int max) {
    Access.ensureAll(this, AccessRight.all());
    UpdateSemaphore update = UpdateSemaphore.newBuilder().setName(name()).setMaxCount(max).build();
    return new PlainCall<>(
        link,
        request -> request.setUpdate(update),
        reply -> Wire.info(reply.getSemaphore().getSemaphore()));
  }
}
