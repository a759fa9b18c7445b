/**
 * The gRPC services: the session stream and the unary calls. The only room that knows both wire
 * messages and core commands. Handlers run on the transport's threads and never block; answers are
 * written from the apply thread.
 */
@NullMarked
package dev.signalbox.server.transport;

import org.jspecify.annotations.NullMarked;
