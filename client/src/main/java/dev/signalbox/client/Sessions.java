package dev.signalbox.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The sessions of the service, all clients' of them, for operators. Thread-safe. */
public interface Sessions {
  /** All sessions, oldest first. */
  List<SessionInfo> list() throws InterruptedException;

  /** See {@link #list}. */
  CompletableFuture<List<SessionInfo>> listAsync();

  /**
   * Ends a session of any client and gives everything that it holds back, at once. Its wills are
   * not carried out. Its client learns of it as of any other loss ({@link
   * SessionListener#sessionLost}) and opens a new one: it loses its permits, not its way in. One
   * that has ended already, or never was, is no failure.
   *
   * @param number see {@link SessionInfo#number}
   * @throws SignalboxException.InvalidArgument if it is below 1
   */
  void end(long number) throws InterruptedException;

  /** See {@link #end}. */
  CompletableFuture<Void> endAsync(long number);
}
