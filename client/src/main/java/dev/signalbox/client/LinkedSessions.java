package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import dev.signalbox.v1.ListSessionsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The sessions as seen through a link. */
final class LinkedSessions implements Sessions {
  private record Page(List<SessionInfo> sessions, String next) {
    static Page of(ListSessionsResponse page) {
      List<SessionInfo> sessions = page.getSessionsList().stream().map(Wire::session).toList();
      return new Page(sessions, page.getNextPageToken());
    }
  }

  private final SessionLink link;

  LinkedSessions(SessionLink link) {
    this.link = link;
  }

  @Override
  public List<SessionInfo> list() throws InterruptedException {
    Page page = link.perform(page(""));
    List<SessionInfo> all = new ArrayList<>(page.sessions());
    while (!page.next().isEmpty()) {
      page = link.perform(page(page.next()));
      all.addAll(page.sessions());
    }
    return all;
  }

  @Override
  public CompletableFuture<List<SessionInfo>> listAsync() {
    return listFrom("", new ArrayList<>());
  }

  private CompletableFuture<List<SessionInfo>> listFrom(String token, List<SessionInfo> before) {
    return link.begin(page(token))
        .thenCompose(page -> {
          before.addAll(page.sessions());
          return page.next().isEmpty()
              ? CompletableFuture.completedFuture(before)
              : listFrom(page.next(), before);
        });
  }

  private Call<Page> page(String token) {
    return UnaryCall.sessions(link, token, Page::of);
  }

  @Override
  public void end(long number) throws InterruptedException {
    var unused = link.perform(UnaryCall.endSession(link, number));
  }

  @Override
  public CompletableFuture<Void> endAsync(long number) {
    return link.begin(UnaryCall.endSession(link, number)).thenAccept(done -> {});
  }
}
