package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.OpenSemaphore;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.SemaphoreResult;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What is alike in the making, opening and deleting of every kind of object. */
final class NamedObjects<H> {
  private final SessionLink link;
  private final ObjectKind kind;
  private final BiFunction<SemaphoreResult, Set<AccessRight>, H> handle;

  NamedObjects(
      SessionLink link, ObjectKind kind, BiFunction<SemaphoreResult, Set<AccessRight>, H> handle) {
    this.link = link;
    this.kind = kind;
    this.handle = handle;
  }

  H create(CreateSemaphore create, Set<AccessRight> rights) throws InterruptedException {
    return link.perform(creation(create, rights));
  }

  CompletableFuture<H> createAsync(CreateSemaphore create, Set<AccessRight> rights) {
    return link.begin(creation(create, rights));
  }

  private Call<H> creation(CreateSemaphore create, Set<AccessRight> rights) {
    return call(request -> request.setCreate(create), rights);
  }

  H open(String name, Set<AccessRight> rights) throws InterruptedException {
    return link.perform(opening(name, rights));
  }

  CompletableFuture<H> openAsync(String name, Set<AccessRight> rights) {
    return link.begin(opening(name, rights));
  }

  private Call<H> opening(String name, Set<AccessRight> rights) {
    OpenSemaphore open = OpenSemaphore.newBuilder().setName(name).setKind(Wire.kind(kind)).build();
    return call(request -> request.setOpen(open), rights);
  }

  /** Answered with a handle of no more than these rights (X2). */
  private Call<H> call(Consumer<Request.Builder> question, Set<AccessRight> rights) {
    Set<AccessRight> wanted = Access.copy(rights);
    return new PlainCall<>(link, question, reply -> handle.apply(reply.getSemaphore(), wanted));
  }

  void delete(String name, boolean force) throws InterruptedException {
    var unused = link.perform(deletion(name, force));
  }

  CompletableFuture<Void> deleteAsync(String name, boolean force) {
    return link.begin(deletion(name, force)).thenAccept(done -> {});
  }

  private Call<Done> deletion(String name, boolean force) {
    DeleteSemaphore delete =
        DeleteSemaphore.newBuilder().setName(name).setForce(force).setKind(Wire.kind(kind)).build();
    return new PlainCall<>(link, request -> request.setDelete(delete), Reply::getDone);
  }
}
