package dev.signalbox.systemtests.oracle;

/**
 * What a callback was told to do when it returns.
 *
 * @param handle through which
 * @param name of the handle
 * @param permits of a semaphore: how many
 */
record Registration(Handle handle, String name, int permits) {}
