package dev.signalbox.server.core;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client's session: what it holds, what it waits for, what it was answered, and its last wills.
 */
final class Session {
  final SessionId id;
  final String clientName;
  final long leaseMicros;
  final long endAfterBreakMicros;
  final boolean ephemeral;
  final ReplyWindow replies = new ReplyWindow();

  /** Last wills by their numbers (L8). */
  final TreeMap<Long, List<Operation.Signal>> wills = new TreeMap<>();

  /** What it holds, by the semaphore's id. */
  private final LongMap<Account> accounts = new LongMap<>();

  /** What it holds, oldest first. */
  final Chain<Grant> grants = new Chain<>();

  /** What it waits for, oldest first. */
  final Chain<Waiter> waiters = new Chain<>();

  /** Permits that it holds, over all semaphores. */
  long permits;

  Session(
      SessionId id,
      String clientName,
      long leaseMicros,
      long endAfterBreakMicros,
      boolean ephemeral) {
    this.id = id;
    this.clientName = clientName;
    this.leaseMicros = leaseMicros;
    this.endAfterBreakMicros = endAfterBreakMicros;
    this.ephemeral = ephemeral;
  }

  /** Itself, and what it keeps for its client. */
  int pieces() {
    return 1 + replies.size() + wills.size();
  }

  boolean isIdle() {
    return grants.size() == 0 && waiters.size() == 0;
  }

  @Nullable Account account(Semaphore semaphore) {
    return accounts.get(semaphore.id);
  }

  /** Its account with the semaphore, opened if there is none. */
  Account openAccount(Semaphore semaphore) {
    Account account = accounts.get(semaphore.id);
    if (account == null) {
      account = new Account(this, semaphore);
      accounts.put(semaphore.id, account);
      semaphore.crowd().holders.add(account);
    }
    return account;
  }

  void closeAccount(Account account) {
    accounts.remove(account.semaphore.id);
    account.semaphore.crowd().holders.remove(account);
  }

  SessionView view() {
    return new SessionView(
        id,
        clientName,
        leaseMicros,
        endAfterBreakMicros,
        ephemeral,
        grants.size(),
        permits,
        waiters.size());
  }
}
