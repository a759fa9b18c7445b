package dev.signalbox.grpc;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Optional;

/**
 * A call that is about to start, for functions that choose its limiter or name its keys.
 *
 * @param method what is called
 * @param headers as the caller gave them; only to be read, and only while the function runs
 * @param authority the server that is called, if that is known
 * @param attributes of the connection on which a server was called; a client's call has none yet
 */
public record LimitedCall(
    MethodDescriptor<?, ?> method,
    Metadata headers,
    Optional<String> authority,
    Attributes attributes) {}
