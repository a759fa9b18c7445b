package dev.signalbox.server.replication;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large commands are in an entry of the log, roughly: never smaller than said, at most a few
 * times larger. Cheap, as every command passes here.
 */
final class EntrySize {
  /** Everything of one command that is neither a text nor in a list. */
  private static final int FIXED = 96;

  /** The longest number. */
  private static final int NUMBER = 10;

  /** What an element of a list has beside its name: an id, permits, lengths. */
  private static final int ELEMENT = 32;

  /** The most bytes that a character takes. */
  private static final int CHARACTER = 3;

  private EntrySize() {}

  /** An upper bound of what the commands take, in bytes. */
  static long of(List<Command> commands) {
    long bytes = 0;
    for (int i = 0; i < commands.size(); i++) {
      bytes += FIXED + of(commands.get(i));
    }
    return bytes;
  }

  private static long of(Command command) {
    if (command instanceof Command.Request request) {
      return of(request.operation());
    } else if (command instanceof Command.Acknowledge acknowledge) {
      return numbers(acknowledge.also());
    } else if (command instanceof Command.ResumeSession resume) {
      return numbers(resume.unanswered());
    } else if (command instanceof Command.OpenSession open) {
      return text(open.clientName());
    }
    return 0;
  }

  private static long of(Operation operation) {
    if (operation instanceof Operation.Acquire acquire) {
      return parts(acquire);
    } else if (operation instanceof Operation.Release release) {
      return items(release.items()) + numbers(release.fulfilledWills());
    } else if (operation instanceof Operation.ReleaseAndAcquire both) {
      return of(both.release()) + parts(both.acquire());
    } else if (operation instanceof Operation.SetWill will) {
      return items(will.signals());
    } else if (operation instanceof Operation.CreateSemaphore create) {
      return text(create.name());
    } else if (operation instanceof Operation.OpenSemaphore open) {
      return text(open.name());
    } else if (operation instanceof Operation.UpdateSemaphore update) {
      return text(update.name());
    } else if (operation instanceof Operation.DeleteSemaphore delete) {
      return text(delete.name());
    } else if (operation instanceof Operation.ResetEvent reset) {
      return text(reset.name());
    } else if (operation instanceof Operation.Drain drain) {
      return text(drain.semaphore());
    } else if (operation instanceof Operation.TakeCredit take) {
      return text(take.semaphore());
    }
    return 0;
  }

  private static long parts(Operation.Acquire acquire) {
    long bytes = 0;
    List<Operation.Part> parts = acquire.parts();
    for (int i = 0; i < parts.size(); i++) {
      bytes += ELEMENT + text(parts.get(i).semaphore());
    }
    return bytes;
  }

  private static long items(List<? extends Operation.Item> items) {
    long bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      bytes += ELEMENT + of(items.get(i));
    }
    return bytes;
  }

  private static long of(Operation.Item item) {
    if (item instanceof Operation.GiveBack giveBack) {
      return text(giveBack.semaphore()) + numbers(giveBack.slots());
    }
    return text(((Operation.Signal) item).semaphore());
  }

  private static long numbers(List<? extends Number> numbers) {
    return (long) NUMBER * numbers.size();
  }

  private static long text(@Nullable String text) {
    return text == null ? 0 : (long) CHARACTER * text.length();
  }
}
