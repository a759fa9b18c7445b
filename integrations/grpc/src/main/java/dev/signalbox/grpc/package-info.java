/**
 * Limits on gRPC calls: {@link dev.signalbox.grpc.CallLimits} makes interceptors for a client or a
 * server of grpc-java, and a {@link dev.signalbox.client.limit.Limiter} decides about each call.
 */
@NullMarked
package dev.signalbox.grpc;

import org.jspecify.annotations.NullMarked;
