package dev.signalbox.systemtests.docker;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.systemtests.process.ClientProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A server in a container, a semaphore of one that nobody has used, and a <em>rival</em>: the
 * client in this JVM that wants what the client processes hold.
 */
@RequiresDocker
abstract class DockerTest {
  /** Short, so that a test can outwait it; long, so that a busy machine does not. */
  static final Duration LEASE = Duration.ofSeconds(5);

  /** A trouble that a lease outlasts, also where the machine is slow to recover from it. */
  static final Duration BRIEFLY = LEASE.dividedBy(5);

  /** How long a test waits for what must happen, before it gives up. */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  static ServerContainer server;

  SignalboxClient rival;
  RemoteSemaphore semaphore;

  private final List<ClientProcess> processes = new ArrayList<>();

  @BeforeAll
  static void startServer() {
    server = new ServerContainer();
    server.start();
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  @BeforeEach
  void connectRival() throws InterruptedException {
    rival =
        SignalboxClient.builder()
            .target(server.target())
            .clientName("rival")
            .patience(PATIENCE)
            .build();
    semaphore = unusedSemaphore();
  }

  @AfterEach
  void endClients() {
    processes.forEach(ClientProcess::close);
    rival.close();
  }

  RemoteSemaphore unusedSemaphore() throws InterruptedException {
    return rival.semaphores().create("it/" + NUMBERS.incrementAndGet(), SemaphoreSpec.max(1));
  }

  /** A client process whose session ends by its lease. */
  ClientProcess client(String name, String target) {
    return owned(ClientProcess.start(name, target, LEASE));
  }

  /** Has the process ended with the test. */
  ClientProcess owned(ClientProcess process) {
    processes.add(process);
    return process;
  }
}
