package dev.signalbox.server.transport;

import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Names;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.ListSemaphoresResponse;
import dev.signalbox.v1.Semaphore;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The unary calls that look at semaphores. */
final class SemaphoreViews {
  private final Backend backend;

  SemaphoreViews(Backend backend) {
    this.backend = backend;
  }

  void get(GetSemaphoreRequest request, StreamObserver<Semaphore> out) {
    String name = request.getName();
    int listed = request.getMaxHolders();
    Names.checkSemaphoreName("name", name);
    InvalidField.unless(
        listed >= 0 && listed <= Listing.MAX_PAGE,
        "max_holders",
        "must be 0 to " + Listing.MAX_PAGE);
    Reading.read(
        backend,
        request.getStale(),
        out,
        (machine, now) -> {
          SemaphoreView view = machine.semaphore(name, now, listed);
          if (view == null) {
            throw Errors.exception(Errors.notFound(name));
          }
          return Results.semaphore(view);
        });
  }

  void list(ListSemaphoresRequest request, StreamObserver<ListSemaphoresResponse> out) {
    String prefix = request.getPrefix();
    if (!prefix.isEmpty()) {
      Names.checkClientName("prefix", prefix);
    }
    int size = Listing.pageSize(request.getPageSize());
    PageToken token = new PageToken("semaphores:" + prefix);
    String after = token.key(request.getPageToken());
    Reading.read(
        backend,
        request.getStale(),
        out,
        (machine, now) -> page(machine.semaphores(prefix, after, size + 1, now), size, token));
  }

  private static ListSemaphoresResponse page(List<SemaphoreView> found, int size, PageToken token) {
    ListSemaphoresResponse.Builder page = ListSemaphoresResponse.newBuilder();
    for (SemaphoreView view : found.subList(0, Math.min(size, found.size()))) {
      page.addSemaphores(Results.semaphore(view));
    }
    if (found.size() > size) {
      page.setNextPageToken(token.after(found.get(size - 1).name()));
    }
    return page.build();
  }
}
