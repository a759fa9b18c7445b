package dev.signalbox.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The threads of those who name none. Idle ones end after a minute, and none keeps a JVM alive. */
final class SharedThreads {
  private static final AtomicLong NUMBER = new AtomicLong();

  static final Executor EXECUTOR = Executors.newCachedThreadPool(SharedThreads::thread);

  private SharedThreads() {}

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "signalbox-grpc-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
