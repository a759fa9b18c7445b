package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AfterReadingTest {
  private final AfterReading afterReading = new AfterReading();
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void stop() {
    var unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void work_onATransportThread_waitsForWhatTheThreadIsAt() throws Exception {
    loop.submit(
            () -> {
              afterReading.execute(() -> done.add("work"));
              done.add("read");
            })
        .get(20, TimeUnit.SECONDS);
    loop.submit(() -> {}).get(20, TimeUnit.SECONDS);

    assertThat(done).containsExactly("read", "work");
  }

  @Test
  void work_onAnyOtherThread_isDoneAtOnce() {
    afterReading.execute(() -> done.add("work"));

    assertThat(done).containsExactly("work");
  }
}
