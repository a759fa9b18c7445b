package dev.signalbox.cli.run;

/** Something that runs and can be stopped. */
interface Stoppable {
  /** Tells it to end, in good order. */
  void terminate();

  /** Ends it now. */
  void kill();
}
