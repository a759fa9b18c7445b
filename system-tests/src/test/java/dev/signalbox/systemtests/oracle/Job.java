package dev.signalbox.systemtests.oracle;

/** What an actor does in one step, on its own thread and in its own session. */
@FunctionalInterface
interface Job {
  /**
   * Does it.
   *
   * @throws InterruptedException if the actor is ended meanwhile: then there is no answer
   * @throws Exception a failure, which {@link Win32#code} can translate
   */
  Answer run(Session session) throws Exception;
}
