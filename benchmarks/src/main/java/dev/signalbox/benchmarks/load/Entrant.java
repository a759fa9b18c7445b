package dev.signalbox.benchmarks.load;

import java.time.Duration;

/** A contestant that is running, and a client of it. */
record Entrant(Contestant contestant, Service service, Client client) implements AutoCloseable {
  static Entrant start(Contestant contestant) throws Exception {
    Service service = contestant.start();
    return new Entrant(contestant, service, contestant.connect(service.endpoint(), Life.LONG));
  }

  String name() {
    return contestant.name();
  }

  /** Processor time that its server's processes have used, in microseconds. */
  double serverMicros() {
    return service.processes().stream().mapToDouble(Entrant::micros).sum();
  }

  /** Processor time that the driver has used, in microseconds. */
  static double driverMicros() {
    return micros(ProcessHandle.current());
  }

  private static double micros(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3;
  }

  @Override
  public void close() {
    client.close();
    service.close();
  }
}
