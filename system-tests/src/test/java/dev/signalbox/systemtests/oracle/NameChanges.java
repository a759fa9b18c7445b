package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.systemtests.oracle.Change.Made;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where names differ. */
final class NameChanges {
  private static final int LONGEST = 255;

  private NameChanges() {}

  static Optional<Made> tooLong(Situation situation) {
    String object = object(situation);
    if (object == null || object.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return Optional.empty();
    }
    Expected refused = withoutHandle(situation).refused(Win32.INVALID_PARAMETER);
    boolean opened = situation.expected().isOk();
    return Optional.of(
        new Made(refused, () -> {}, opened ? () -> againShortened(situation, object) : null));
  }

  static Optional<Made> livesOn(Situation situation) throws InterruptedException {
    String object = object(situation);
    Scene scene = situation.scene();
    boolean create = situation.step().op().startsWith("Create");
    boolean asIfGone =
        create
            ? situation.expected().isOk(0)
            : situation.expected().isRefused(Win32.FILE_NOT_FOUND);
    if (object == null
        || !asIfGone
        || scene.handles().isOpen(object)
        || !scene.view().isTaken(object)) {
      return Optional.empty();
    }
    return Optional.of(
        new Made(
            found(situation, object, create),
            () -> scene.forget(situation.args().text("handle"), object),
            create ? () -> again(situation) : null));
  }

  /** What finding it comes to. */
  private static Expected found(Situation situation, String object, boolean create)
      throws InterruptedException {
    View view = situation.scene().view();
    ObjectKind kind = kind(situation);
    if (!view.exists(object, kind)) {
      return withoutHandle(situation).refused(Win32.INVALID_HANDLE);
    }
    Expected found = withoutHandle(situation).accepted(create ? Win32.ALREADY_EXISTS : 0);
    String handle = situation.args().text("handle");
    Handle opened =
        new Handle(kind, object, Rights.of(situation.args().text("access", "desired_access")));
    return handle == null || !opened.showsCounts()
        ? found
        : found.withCounts(handle, view.counts(object));
  }

  private static Expected withoutHandle(Situation situation) {
    String handle = situation.args().text("handle");
    return handle == null ? situation.expected() : situation.expected().withoutCounts(handle);
  }

  private static Move againShortened(Situation situation, String object) {
    situation.scene().names().shortenOnce(object);
    return again(situation);
  }

  private static Move again(Situation situation) {
    return Mapping.of(situation.scene(), situation.step());
  }

  /** Our name of what is created or opened by name; null if nothing is. */
  private static @Nullable String object(Situation situation) {
    String name = situation.args().text("name");
    String op = situation.step().op();
    boolean byName =
        op.matches("(Create|Open)(Semaphore|Event|Mutex)(Ex)?")
            && name != null
            && !Names.isEmpty(name);
    try {
      return byName ? situation.scene().names().of(name) : null;
    } catch (Win32Error e) {
      return null;
    }
  }

  private static ObjectKind kind(Situation situation) {
    String op = situation.step().op();
    if (op.contains("Event")) {
      return ObjectKind.EVENT;
    }
    return op.contains("Mutex") ? ObjectKind.MUTEX : ObjectKind.SEMAPHORE;
  }
}
