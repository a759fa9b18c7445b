package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.ListSemaphoresResponse;
import dev.signalbox.v1.OpenSemaphore;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The semaphores as seen through a link. */
final class LinkedSemaphores implements Semaphores {
  private record Page(List<SemaphoreInfo> semaphores, String next) {
    static Page of(ListSemaphoresResponse page) {
      List<SemaphoreInfo> semaphores = page.getSemaphoresList().stream().map(Wire::info).toList();
      return new Page(semaphores, page.getNextPageToken());
    }
  }

  private final SessionLink link;

  LinkedSemaphores(SessionLink link) {
    this.link = link;
  }

  @Override
  public RemoteSemaphore create(String name, SemaphoreSpec spec) throws InterruptedException {
    return create(name, spec, AccessRight.all());
  }

  @Override
  public CompletableFuture<RemoteSemaphore> createAsync(String name, SemaphoreSpec spec) {
    return createAsync(name, spec, AccessRight.all());
  }

  @Override
  public RemoteSemaphore create(String name, SemaphoreSpec spec, Set<AccessRight> rights)
      throws InterruptedException {
    return link.perform(creation(name, spec, rights));
  }

  @Override
  public CompletableFuture<RemoteSemaphore> createAsync(
      String name, SemaphoreSpec spec, Set<AccessRight> rights) {
    return link.begin(creation(name, spec, rights));
  }

  private Call<RemoteSemaphore> creation(String name, SemaphoreSpec spec, Set<AccessRight> rights) {
    CreateSemaphore create = Wire.create(name, spec);
    return handle(request -> request.setCreate(create), rights);
  }

  @Override
  public RemoteSemaphore open(String name) throws InterruptedException {
    return open(name, ObjectKind.SEMAPHORE);
  }

  @Override
  public RemoteSemaphore open(String name, Set<AccessRight> rights) throws InterruptedException {
    return link.perform(opening(name, ObjectKind.SEMAPHORE, rights));
  }

  @Override
  public CompletableFuture<RemoteSemaphore> openAsync(String name, Set<AccessRight> rights) {
    return link.begin(opening(name, ObjectKind.SEMAPHORE, rights));
  }

  @Override
  public RemoteSemaphore open(String name, ObjectKind kind) throws InterruptedException {
    return link.perform(opening(name, kind, AccessRight.all()));
  }

  @Override
  public CompletableFuture<RemoteSemaphore> openAsync(String name, ObjectKind kind) {
    return link.begin(opening(name, kind, AccessRight.all()));
  }

  private Call<RemoteSemaphore> opening(String name, ObjectKind kind, Set<AccessRight> rights) {
    OpenSemaphore open = OpenSemaphore.newBuilder().setName(name).setKind(Wire.kind(kind)).build();
    return handle(request -> request.setOpen(open), rights);
  }

  private Call<RemoteSemaphore> handle(
      Consumer<Request.Builder> question, Set<AccessRight> rights) {
    Set<AccessRight> wanted = Access.copy(rights);
    return new PlainCall<>(link, question, reply -> handle(reply).withRights(wanted));
  }

  private RemoteSemaphore handle(Reply reply) {
    dev.signalbox.v1.Semaphore semaphore = reply.getSemaphore().getSemaphore();
    return new LinkedSemaphore(link, semaphore.getName(), semaphore.hasRefill());
  }

  @Override
  public void delete(String name) throws InterruptedException {
    var unused = link.perform(deletion(name, false));
  }

  @Override
  public void deleteByForce(String name) throws InterruptedException {
    var unused = link.perform(deletion(name, true));
  }

  @Override
  public CompletableFuture<Void> deleteAsync(String name, boolean force) {
    return link.begin(deletion(name, force)).thenAccept(done -> {});
  }

  private Call<Done> deletion(String name, boolean force) {
    DeleteSemaphore delete = DeleteSemaphore.newBuilder().setName(name).setForce(force).build();
    return new PlainCall<>(link, request -> request.setDelete(delete), Reply::getDone);
  }

  @Override
  public List<SemaphoreInfo> list(String prefix) throws InterruptedException {
    List<SemaphoreInfo> all = new ArrayList<>();
    Page page = link.perform(page(prefix, ""));
    all.addAll(page.semaphores());
    while (!page.next().isEmpty()) {
      page = link.perform(page(prefix, page.next()));
      all.addAll(page.semaphores());
    }
    return all;
  }

  @Override
  public CompletableFuture<List<SemaphoreInfo>> listAsync(String prefix) {
    return listFrom(prefix, "", new ArrayList<>());
  }

  private CompletableFuture<List<SemaphoreInfo>> listFrom(
      String prefix, String token, List<SemaphoreInfo> before) {
    Function<Page, CompletableFuture<List<SemaphoreInfo>>> rest =
        page -> {
          before.addAll(page.semaphores());
          return page.next().isEmpty()
              ? CompletableFuture.completedFuture(before)
              : listFrom(prefix, page.next(), before);
        };
    return link.begin(page(prefix, token)).thenCompose(rest);
  }

  private Call<Page> page(String prefix, String token) {
    return UnaryCall.page(link, prefix, token, Page::of);
  }
}
