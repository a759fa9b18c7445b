package dev.signalbox.server.transport;

import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.netty.shaded.io.netty.util.internal.ThreadExecutorMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs what a transport thread begins as soon as it has read what its connections have by now, on
 * the same thread: so what came in several frames is dealt with together. On any other thread it is
 * run at once. Thread-safe.
 */
public final class AfterReading implements Executor {
  /** For one server. */
  public AfterReading() {}

  @Override
  public void execute(Runnable work) {
    EventExecutor loop = ThreadExecutorMap.currentExecutor();
    if (loop == null || !handedOver(loop, work)) {
      work.run();
    }
  }

  /** False: the thread is about to end. */
  private static boolean handedOver(EventExecutor loop, Runnable work) {
    try {
      loop.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }
}
