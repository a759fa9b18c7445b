package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.limit.LimitExceededException;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Refusal;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitedTest {
  private final FakeLimiter ledger = new FakeLimiter("payments/ledger-db");
  private final FakeLimiter partner = new FakeLimiter("partner");

  interface Booking {
    @Limited("payments/ledger-db")
    int byInterface(@LimitKey("tenant") String tenant);
  }

  static class Ledger implements Booking {
    final AtomicInteger inFlight;

    Ledger(FakeLimiter limiter) {
      inFlight = limiter.inFlight;
    }

    @Limited("payments/ledger-db")
    public int book() {
      return inFlight.get();
    }

    @Limited("payments/ledger-db")
    void fail() {
      throw new IllegalStateException("booked twice");
    }

    @Limited(value = "${limiter}", maxWait = "${patience}")
    public int patiently(@LimitKey("tenant") @Nullable String tenant) {
      return inFlight.get();
    }

    @Limited("payments/ledger-db")
    public CompletionStage<String> later(CompletableFuture<String> work) {
      return work;
    }

    @Limited("payments/ledger-db")
    public Object perhapsLater(Object work) {
      return work;
    }

    @Limited("payments/ledger-db")
    public void waiting() throws InterruptedException {}

    @Override
    public int byInterface(String tenant) {
      return inFlight.get();
    }

    public int unlimited() {
      return inFlight.get();
    }
  }

  @Limited("partner")
  static class Partner {
    public void limitedByItsClass() {}

    @Limited("payments/ledger-db")
    public void limitedByItself() {}

    void notPublic() {}
  }

  private void with(Consumer<Ledger> test) {
    Contexts.with(ledger, partner)
        .withPropertyValues("limiter=payments/ledger-db", "patience=1500ms")
        .withBean("ledgerService", Ledger.class, () -> new Ledger(ledger))
        .run(context -> test.accept(context.getBean(Ledger.class)));
  }

  @Test
  void method_holdsWhileItRuns() {
    with(service -> {
      assertThat(service.book()).isEqualTo(1);
      assertThat(ledger.inFlight).hasValue(0);
      assertThat(ledger.asked)
          .containsExactly(new FakeLimiter.Asked(LimitKeys.none(), Duration.ZERO));
    });
  }

  @Test
  void methodThatThrows_givesBack() {
    with(service -> {
      assertThatThrownBy(service::fail).hasMessage("booked twice");
      assertThat(ledger.inFlight).hasValue(0);
      assertThat(ledger.asked).hasSize(1);
    });
  }

  @Test
  void refusedCall_throwsAndDoesNotRun() {
    ledger.refuse(Refusal.Cause.LIMIT, Duration.ofSeconds(3));
    with(service -> {
      assertThatThrownBy(service::fail).isInstanceOf(LimitExceededException.class);
      assertThat(ledger.inFlight).hasValue(0);
    });
  }

  @Test
  void placeholdersAndKeys_reachTheLimiter() {
    with(service -> {
      assertThat(service.patiently("acme")).isEqualTo(1);
      assertThat(service.patiently(null)).isEqualTo(1);
      assertThat(ledger.asked.get(0).maxWait()).isEqualTo(Duration.ofMillis(1500));
      assertThat(ledger.asked)
          .extracting(asked -> asked.keys().values().get("tenant"))
          .containsExactly("acme", "");
    });
  }

  @Test
  void annotationOfAnInterface_limitsItsImplementation() {
    with(service -> {
      assertThat(service.byInterface("acme")).isEqualTo(1);
      assertThat(ledger.asked.get(0).keys().values()).containsEntry("tenant", "acme");
    });
  }

  @Test
  void methodWithoutAnnotation_isNotLimited() {
    with(service -> assertThat(service.unlimited()).isZero());
    assertThat(ledger.asked).isEmpty();
  }

  @Test
  void completionStage_isHeldUntilItCompletes() {
    with(service -> {
      CompletableFuture<String> work = new CompletableFuture<>();
      assertThat(service.later(work)).isSameAs(work);
      assertThat(ledger.inFlight).hasValue(1);

      work.complete("booked");
      assertThat(ledger.inFlight).hasValue(0);
    });
  }

  @Test
  void completionStageThatFailsOrIsCancelled_givesBack() {
    with(service -> {
      CompletableFuture<String> failing = new CompletableFuture<>();
      CompletableFuture<String> cancelled = new CompletableFuture<>();
      service.later(failing);
      service.perhapsLater(cancelled);
      assertThat(ledger.inFlight).hasValue(2);

      failing.completeExceptionally(new IllegalStateException());
      cancelled.cancel(false);
      assertThat(ledger.inFlight).hasValue(0);
    });
  }

  @Test
  void interruptedWait_isThrownAsTheMethodDeclares() {
    with(service -> {
      Thread.currentThread().interrupt();
      assertThatThrownBy(service::waiting).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();

      Thread.currentThread().interrupt();
      assertThatThrownBy(service::book).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    });
  }

  @Test
  void annotationOfAClass_limitsItsPublicMethods() {
    Contexts.with(ledger, partner)
        .withBean(Partner.class)
        .run(context -> {
          Partner service = context.getBean(Partner.class);
          service.limitedByItsClass();
          service.limitedByItself();
          service.notPublic();
          assertThat(service.toString()).isNotEmpty();
          assertThat(partner.asked).hasSize(1);
          assertThat(ledger.asked).hasSize(1);
        });
  }

  @Test
  void disabled_limitsNothing() {
    Contexts.with(ledger, partner)
        .withPropertyValues("signalbox.enabled=false")
        .withBean(Partner.class)
        .run(context -> {
          context.getBean(Partner.class).limitedByItsClass();
          assertThat(context).doesNotHaveBean(Limiters.class);
          assertThat(partner.asked).isEmpty();
        });
  }
}
