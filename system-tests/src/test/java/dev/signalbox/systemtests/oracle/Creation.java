package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.RemoteObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The creation of an object, or the opening of the one that has the name.
 *
 * @param scene where
 * @param handle what the handle is called
 * @param object our name of the object
 * @param kind of the object
 * @param rights of the handle
 */
record Creation(
    Scene scene, @Nullable String handle, String object, ObjectKind kind, Set<AccessRight> rights) {
  /**
   * As the arguments say. An object without a name, or with the empty one, gets one that nobody
   * else has.
   */
  static Creation of(Scene scene, Args args, ObjectKind kind) {
    String name = args.text("name");
    boolean unnamed = name == null || Names.isEmpty(name);
    return new Creation(
        scene,
        args.text("handle"),
        unnamed ? scene.names().fresh() : scene.names().of(name),
        kind,
        Rights.of(args.text("access", "desired_access")));
  }

  /** Creates in some way. */
  Answer by(Making making) throws InterruptedException {
    boolean existed = making.make().alreadyExisted();
    scene.handles().put(handle, new Handle(kind, object, rights));
    return Answer.done().with(Answer.ERROR, existed ? Win32.ALREADY_EXISTS : 0);
  }

  /** A way to create. */
  @FunctionalInterface
  interface Making {
    RemoteObject make() throws InterruptedException;
  }
}
