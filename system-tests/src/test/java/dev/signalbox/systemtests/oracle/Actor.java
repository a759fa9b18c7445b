package dev.signalbox.systemtests.oracle;

import java.util.concurrent.CompletableFuture;

/** Who takes steps: a thread, or a callback that is told what to do. */
interface Actor {
  /** Takes a step; the answer may never come. */
  CompletableFuture<Answer> start(Job job);

  /** In whose name it acts. */
  Session session();

  /** Is gone without a word, from the middle of a call perhaps. */
  void vanish(Scene scene) throws InterruptedException;

  /** Ends it wherever it is; a call that waits is cancelled (A7). What it holds it keeps. */
  void end();
}
