package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.ObjectKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The opening of an object that must exist.
 *
 * @param scene where
 * @param handle what the handle is called
 * @param object our name of the object
 * @param kind that it must have
 * @param rights of the handle
 */
record Opening(
    Scene scene, @Nullable String handle, String object, ObjectKind kind, Set<AccessRight> rights) {
  /** As the arguments say; no name at all is for the service to refuse. */
  static Opening of(Scene scene, Args args, ObjectKind kind) {
    String name = args.text("name");
    if (Names.isEmpty(name)) {
      throw new Win32Error(Win32.INVALID_HANDLE);
    }
    return new Opening(
        scene,
        args.text("handle"),
        scene.names().of(name),
        kind,
        Rights.of(args.text("access", "desired_access")));
  }

  Answer by(Session session) throws InterruptedException {
    Handle opened = new Handle(kind, object, rights);
    var unused = session.open(opened);
    scene.handles().put(handle, opened);
    return Answer.done();
  }
}
