package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.client.SignalboxException.InvalidArgument;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest extends WithServer {
  private SignalboxClient operator;
  private SignalboxClient holder;
  private RemoteSemaphore a;

  @BeforeEach
  void connect() throws Exception {
    operator = started(at("operator"));
    holder = started(at("holder").lease(Duration.ofSeconds(20)));
    a = holder.semaphores().create("a", SemaphoreSpec.max(2));
  }

  private SignalboxClientBuilder at(String name) {
    return builder().target("127.0.0.1:" + server().port()).clientName(name);
  }

  private SessionInfo session(String name) throws InterruptedException {
    List<SessionInfo> found =
        operator.sessions().list().stream().filter(s -> s.clientName().equals(name)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void list_saysWhatEachSessionHoldsAndWaitsFor() throws Exception {
    try (Permit both = a.acquire(2)) {
      CompletableFuture<Permit> waiting = a.acquireAsync();
      eventually().until(() -> session("holder").waiting() == 1);
      SessionInfo info = session("holder");
      assertThat(info.lease()).isEqualTo(Duration.ofSeconds(20));
      assertThat(info.grants()).isEqualTo(1);
      assertThat(info.permits()).isEqualTo(2);
      assertThat(a.info(1).holders().get(0).sessionNumber()).isEqualTo(info.number());
      assertThat(both.isHeld() && !waiting.isDone()).isTrue();
    }
  }

  @Test
  @Rule("L6")
  void end_givesEverythingBackAtOnce_andItsClientHears() throws Exception {
    CompletableFuture<LossReason> lost = new CompletableFuture<>();
    Permit permit = a.acquire(2);
    permit.onLost(lost::complete);
    operator.sessions().end(session("holder").number());
    assertThat(lost.get(20, TimeUnit.SECONDS)).isEqualTo(LossReason.SESSION_LOST);
    assertThat(permit.isHeld()).isFalse();
    assertThat(operator.semaphores().open("a").tryAcquire(2)).isPresent();
  }

  @Test
  void end_ofWhatHasEnded_isNoFailure() throws Exception {
    long number = session("holder").number();
    operator.sessions().end(number);
    operator.sessions().end(number);
    operator.sessions().endAsync(number).get(20, TimeUnit.SECONDS);
    assertThat(operator.sessions().listAsync().get(20, TimeUnit.SECONDS))
        .extracting(SessionInfo::number)
        .doesNotContain(number);
  }

  @Test
  void end_ofNoNumber_namesTheField() {
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(() -> operator.sessions().end(0))
        .satisfies(e -> assertThat(e.field()).isEqualTo("session_number"));
  }
}
