package dev.signalbox.grpc;

import static org.awaitility.Awaitility.await;

import dev.signalbox.client.LossReason;
import dev.signalbox.client.Permit;
import dev.signalbox.client.limit.Admission;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An admission that counts how often it is given back, and whose permits the test can lose. */
final class FakeAdmission implements Admission {
  private final AtomicInteger closed = new AtomicInteger();
  private final CompletableFuture<LossReason> loss = new CompletableFuture<>();

  boolean isClosed() {
    return closed.get() > 0;
  }

  void awaitClosed() {
    await().atMost(Duration.ofSeconds(20)).until(this::isClosed);
  }

  void lose() {
    loss.complete(LossReason.SESSION_LOST);
  }

  @Override
  public Grounds grounds() {
    return Grounds.GRANTED;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Optional<Permit> permit() {
    Object permit =
        Proxy.newProxyInstance(
            Permit.class.getClassLoader(),
            new Class<?>[] {Permit.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "id" -> "fake";
                  case "isHeld" -> !loss.isDone();
                  case "onLost" -> {
                    var unused = loss.thenAccept((Consumer<LossReason>) arguments[0]);
                    yield null;
                  }
                  default -> throw new AssertionError("not to be called: " + method);
                });
    return Optional.of((Permit) permit);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
