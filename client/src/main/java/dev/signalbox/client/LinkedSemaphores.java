package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import dev.signalbox.v1.ListSemaphoresResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  private final NamedObjects<RemoteSemaphore> semaphores;

  LinkedSemaphores(SessionLink link) {
    this.link = link;
    semaphores =
        new NamedObjects<>(
            link,
            ObjectKind.SEMAPHORE,
            (found, rights) -> new LinkedSemaphore(link, found).withRights(rights));
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
    return semaphores.create(Wire.create(name, spec), rights);
  }

  @Override
  public CompletableFuture<RemoteSemaphore> createAsync(
      String name, SemaphoreSpec spec, Set<AccessRight> rights) {
    return semaphores.createAsync(Wire.create(name, spec), rights);
  }

  @Override
  public RemoteSemaphore open(String name) throws InterruptedException {
    return open(name, AccessRight.all());
  }

  @Override
  public RemoteSemaphore open(String name, Set<AccessRight> rights) throws InterruptedException {
    return semaphores.open(name, rights);
  }

  @Override
  public CompletableFuture<RemoteSemaphore> openAsync(String name) {
    return openAsync(name, AccessRight.all());
  }

  @Override
  public CompletableFuture<RemoteSemaphore> openAsync(String name, Set<AccessRight> rights) {
    return semaphores.openAsync(name, rights);
  }

  @Override
  public void delete(String name) throws InterruptedException {
    semaphores.delete(name, false);
  }

  @Override
  public void deleteByForce(String name) throws InterruptedException {
    semaphores.delete(name, true);
  }

  @Override
  public CompletableFuture<Void> deleteAsync(String name, boolean force) {
    return semaphores.deleteAsync(name, force);
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
