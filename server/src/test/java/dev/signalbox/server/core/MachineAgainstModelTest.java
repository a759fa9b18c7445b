package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.fail;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.model.RandomCommands;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The machine and the naive model, side by side through thousands of random sequences.
 *
 * <p>A failure names its seed and how to repeat it; {@code -Dsignalbox.seed} and {@code
 * -Dsignalbox.sequences} choose other sequences.
 */
class MachineAgainstModelTest {
  private static final long SEED = Long.getLong("signalbox.seed", 1);
  private static final int SEQUENCES = Integer.getInteger("signalbox.sequences", 10_000);
  private static final int ENTRIES = 50;

  @Test
  @Rule({"R6", "L3"})
  void randomSequences_giveWhatTheModelGives() {
    LongStream.range(SEED, SEED + SEQUENCES)
        .parallel()
        .forEach(MachineAgainstModelTest::runSequence);
  }

  private static void runSequence(long seed) {
    Trial trial = new Trial();
    RandomCommands commands = new RandomCommands(seed, trial.model);
    try {
      for (int i = 0; i < ENTRIES; i++) {
        trial.apply(commands.next());
      }
      trial.finish();
    } catch (AssertionError | RuntimeException failure) {
      report(seed, trial.script(), failure);
    }
  }

  private static void report(long seed, List<Entry> script, Throwable first) {
    List<Entry> shortest =
        new Shrinker(candidate -> Trial.failureOf(candidate) != null).shrink(script);
    Throwable failure = Trial.failureOf(shortest);
    fail(
        "Seed %d, replay it with -Dsignalbox.seed=%d -Dsignalbox.sequences=1%n%s%n%s",
        seed, seed, print(shortest), failure == null ? first : failure);
  }

  private static String print(List<Entry> script) {
    return script.stream()
        .map(MachineAgainstModelTest::print)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String print(Entry entry) {
    return entry.commands().stream()
        .map(command -> "    " + print(command))
        .collect(
            Collectors.joining(
                System.lineSeparator(), "at " + entry.time() + System.lineSeparator(), ""));
  }

  /** Records print themselves well enough once the ids are short. */
  private static String print(Command command) {
    return command
        .toString()
        .replaceAll("(SessionId|GrantId)\\[sequence=(\\d+), tag=0]", "$2")
        .replaceAll("(SessionId|GrantId)\\[sequence=(\\d+), tag=[^]]*]", "forged $2")
        .replaceAll("Part\\[semaphore=(\\S+), permits=(\\d+)]", "$2 of $1");
  }
}
