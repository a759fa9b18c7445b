package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.Permit;
import dev.signalbox.client.Refusals;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.server.Rule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Rule("C6")
class RefusedReleaseTest extends PoolFixture {
  private final FakePermit held = service.permit("a/held");
  private final Permit permit = held.get();
  private final CallbackPool pool = pool();

  private CallbackHandle submit() throws InterruptedException {
    return pool.submit(instance -> {
      instance.releaseSemaphoreWhenCallbackReturns(FakeService.semaphore("a/full"), 1);
      instance.releaseWhenCallbackReturns(permit);
      instance.closeWhenCallbackReturns(() -> diary.add("closed"));
    });
  }

  @Test
  void heldPermits_areGivenBackAloneAndTheFailureArrives() throws Exception {
    Throwable refusal = Refusals.tooManyPosts();
    CallbackHandle handle = submit();
    FakeService.Request batch = service.next();
    assertThat(batch.items()).hasSize(2);
    batch.refused(refusal);
    FakeService.Request second = service.next();
    assertThat(second.items()).containsExactly(ReleaseItem.giveBack(permit));
    stays(handle);
    second.applied();
    assertThat(failureOf(handle)).isSameAs(refusal).hasNoSuppressedExceptions();
    assertThat(failed).containsExactly(refusal);
    assertThat(thrown).isEmpty();
    assertThat(diary).containsExactly("closed");
    assertThat(pool.metrics().releasesRefused()).isEqualTo(1);
    assertThat(pool.metrics().failed()).isEqualTo(1);
  }

  @Test
  void secondRequest_whenItFailsToo_isSuppressedAndTheClientIsLeftToCloseThePermit()
      throws Exception {
    Throwable refusal = Refusals.tooManyPosts();
    IllegalStateException again = new IllegalStateException("again");
    CallbackHandle handle = submit();
    service.next().refused(refusal);
    service.next().refused(again);
    assertThat(failureOf(handle)).isSameAs(refusal);
    assertThat(refusal.getSuppressed()).containsExactly(again);
    assertThat(held.timesClosed()).isEqualTo(1);
  }

  @Test
  void withoutHeldPermits_thereIsNoSecondRequest() throws Exception {
    Throwable refusal = Refusals.tooManyPosts();
    CallbackHandle handle =
        pool.submit(i -> i.releaseSemaphoreWhenCallbackReturns(FakeService.semaphore("a/full"), 1));
    service.next().refused(refusal);
    assertThat(failureOf(handle)).isSameAs(refusal);
    assertThat(service.isQuiet()).isTrue();
  }

  static Stream<Throwable> sessionEnds() {
    return Stream.of(Refusals.sessionLost(), Refusals.clientClosed());
  }

  @ParameterizedTest
  @MethodSource("sessionEnds")
  @Rule("C11")
  void sessionThatEndsMeanwhile_leavesNothingToGiveBack(Throwable refusal) throws Exception {
    CallbackHandle handle = submit();
    service.next().refused(refusal);
    assertThat(failureOf(handle)).isSameAs(refusal);
    assertThat(failed).containsExactly(refusal);
    assertThat(service.isQuiet()).isTrue();
    assertThat(diary).containsExactly("closed");
  }

  @Test
  void clientThatThrowsAtOnce_isARefusalToo() throws Exception {
    IllegalStateException refusal = new IllegalStateException("not of this client");
    service.answering(items -> {
      throw refusal;
    });
    assertThat(failureOf(submit())).isSameAs(refusal);
    assertThat(held.timesClosed()).isEqualTo(1);
  }
}
