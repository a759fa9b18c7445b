package dev.signalbox.examples.mainjob;

/** What happens in a worker, as the coordinator hears of it. */
sealed interface Event {
  /** Whose. */
  WorkerProcess worker();

  /** It said something. */
  record Said(WorkerProcess worker, Message message) implements Event {}

  /** Its output has ended: the process is dead. */
  record Ended(WorkerProcess worker) implements Event {}
}
