package dev.signalbox.systemtests.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checker as a program: reads the files of one run, prints what is wrong and ends with 0 if
 * nothing is, 1 if something is, 2 if it was called wrongly.
 *
 * <p>What it looks at:
 *
 * <ul>
 *   <li>Grants as intervals. A grant is <em>certainly</em> held from the return of its acquire to
 *       the call of a release that was told that it did release it, or to the last moment at which
 *       its holder saw it held. Never more than max, never two in a slot, and epochs that grow.
 *   <li>Each request once: no grant twice, no grant given back twice, none gone without a reason,
 *       every answer one to its own question.
 *   <li>Counts of signalled semaphores: {@link CountSearch} looks for an order of the calls in
 *       which every previous count, every refusal and every time-out is right, and the count at the
 *       end.
 *   <li>How semaphores were left: all of a held one's permits are back.
 * </ul>
 *
 * <p>What it cannot see. A lost session excuses every grant that its client had got before it heard
 * of the loss. Of held semaphores previous counts are bounded from above only. An acquire or
 * release over several signalled semaphores is taken apart: that its parts happened at one moment
 * is not checked. A time-out says something only where everybody asks for one permit and nobody for
 * all of several. The order in which waiters are served is not looked at. The search takes time
 * that doubles with each call of one semaphore that overlaps; up to about 16 it is of no account,
 * and it gives up ({@code UNDECIDED}) rather than run out of memory.
 */
public final class CheckMain {
  private CheckMain() {}

  /**
   * Checks one history.
   *
   * @param args the files of one run
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.println("Usage: CheckMain FILE...");
      System.exit(2);
    }
    History history = History.read(Stream.of(args).map(Path::of).toList());
    List<Violation> violations = Checker.check(history);
    violations.forEach(System.out::println);
    System.out.println(verdict(history, violations));
    System.exit(violations.isEmpty() ? 0 : 1);
  }

  /** One line: what was checked, and what came of it. */
  static String verdict(History history, List<Violation> violations) {
    long unknown = history.calls().stream().filter(call -> call.outcome().isUnknown()).count();
    return String.format(
        "%s: %d calls (%d of unknown outcome), %d sessions lost, %d violations",
        violations.isEmpty() ? "LEGAL" : "ILLEGAL",
        history.calls().size(),
        unknown,
        history.sessions("lost"),
        violations.size());
  }
}
