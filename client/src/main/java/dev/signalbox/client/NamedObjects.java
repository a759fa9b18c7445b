package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.OpenSemaphore;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.Semaphore;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is alike in the making, opening and deleting of every kind of object. */
final class NamedObjects<H> {
  private final SessionLink link;
  private final ObjectKind kind;
  private final Function<Semaphore, H> handle;

  NamedObjects(SessionLink link, ObjectKind kind, Function<Semaphore, H> handle) {
    this.link = link;
    this.kind = kind;
    this.handle = handle;
  }

  H create(CreateSemaphore create) throws InterruptedException {
    return link.perform(creation(create));
  }

  CompletableFuture<H> createAsync(CreateSemaphore create) {
    return link.begin(creation(create));
  }

  private Call<H> creation(CreateSemaphore create) {
    return call(request -> request.setCreate(create));
  }

  H open(String name) throws InterruptedException {
    return link.perform(opening(name));
  }

  CompletableFuture<H> openAsync(String name) {
    return link.begin(opening(name));
  }

  private Call<H> opening(String name) {
    OpenSemaphore open = OpenSemaphore.newBuilder().setName(name).setKind(Wire.kind(kind)).build();
    return call(request -> request.setOpen(open));
  }

  private Call<H> call(Consumer<Request.Builder> question) {
    return new PlainCall<>(
        link, question, reply -> handle.apply(reply.getSemaphore().getSemaphore()));
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
