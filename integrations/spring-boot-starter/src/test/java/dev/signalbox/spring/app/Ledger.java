package dev.signalbox.spring.app;

import dev.signalbox.spring.LimitKey;
import dev.signalbox.spring.Limited;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Work that ends when the test says so. */
public class Ledger {
  private final BlockingQueue<CompletableFuture<String>> running = new LinkedBlockingQueue<>();

  /** The work that began first and was not taken yet. */
  public CompletableFuture<String> next() throws InterruptedException {
    return running.take();
  }

  /** Work without a limit. */
  public CompletableFuture<String> begin() {
    CompletableFuture<String> work = new CompletableFuture<>();
    running.add(work);
    return work;
  }

  /** Ends with the call. */
  @Limited("app/ledger-db")
  public String book() {
    return begin().join();
  }

  /** Ends after the call. */
  @Limited("app/ledger-db")
  public CompletableFuture<String> bookLater() {
    return begin();
  }

  /** One a tenant and day. */
  @Limited("statements")
  public String statement(@LimitKey("tenant") String tenant) {
    return "statement of " + tenant;
  }
}
