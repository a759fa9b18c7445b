/**
 * The main job: an embedded server, three client processes whose callback pools compress and hash a
 * directory under one semaphore, and a SIGKILL midway. Start at {@link
 * dev.signalbox.examples.mainjob.Worker}: it is all that a service of your own needs.
 *
 * <p>{@link dev.signalbox.examples.mainjob.Coordinator} hands out the files, kills, watches and
 * keeps count. What it reports about the number inside comes from files that the workers write
 * ({@link dev.signalbox.examples.mainjob.IntervalLog}), not from the service.
 */
@NullMarked
package dev.signalbox.examples.mainjob;

import org.jspecify.annotations.NullMarked;
