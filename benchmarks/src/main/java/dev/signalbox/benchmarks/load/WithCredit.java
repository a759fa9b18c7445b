package dev.signalbox.benchmarks.load;

import dev.signalbox.client.Credit;
import dev.signalbox.client.SignalboxClient;
import java.util.HashMap;
import java.util.Map;

/**
 * Ourselves, with credit: a process that nobody else disturbs hands its permits out by itself. It
 * has nothing to show in W6, where a pair that is complete at once is not outstanding.
 */
public final class WithCredit extends Signalbox {
  /** For the service loader. */
  public WithCredit() {
    super("signalbox-credit", "volatile");
  }

  @Override
  public Client connect(String endpoint, Life life) {
    return new CreditLoad(client(endpoint, life));
  }

  private static final class CreditLoad extends SignalboxLoad {
    /** A handle with credit is made once and kept. */
    private final Map<String, Gate> gates = new HashMap<>();

    CreditLoad(SignalboxClient client) {
      super(client);
    }

    @Override
    public synchronized Gate gate(String name, int max) throws InterruptedException {
      Gate gate = gates.get(name);
      if (gate == null) {
        gate = new SignalboxGate(semaphore(name, max).withCredit(Credit.upTo(max)));
        gates.put(name, gate);
      }
      return gate;
    }

    @Override
    public boolean isAsync() {
      return false;
    }
  }
}
