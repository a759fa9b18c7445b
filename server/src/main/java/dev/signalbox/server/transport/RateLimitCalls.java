package dev.signalbox.server.transport;

import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.ratelimit.Descriptor;
import dev.signalbox.server.ratelimit.Limit;
import dev.signalbox.server.ratelimit.LimitDecision;
import dev.signalbox.server.ratelimit.RateLimits;
import dev.signalbox.server.ratelimit.Unit;
import dev.signalbox.server.ratelimit.Verdict;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.transport.envoy.RateLimitDescriptor;
import dev.signalbox.server.transport.envoy.RateLimitRequest;
import dev.signalbox.server.transport.envoy.RateLimitResponse;
import dev.signalbox.server.transport.envoy.RateLimitServiceGrpc.RateLimitServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Envoy's rate limit service: one request, one verdict. */
public final class RateLimitCalls extends RateLimitServiceImplBase {
  private final Backend backend;
  private final RateLimits limits;

  /** By these limits. */
  public RateLimitCalls(Backend backend, RateLimits limits) {
    this.backend = backend;
    this.limits = limits;
  }

  @Override
  public void shouldRateLimit(RateLimitRequest request, StreamObserver<RateLimitResponse> out) {
    UnaryService.checked(out, () -> decide(request, out));
  }

  private void decide(RateLimitRequest request, StreamObserver<RateLimitResponse> out) {
    InvalidField.unless(!request.getDomain().isEmpty(), "domain", "must not be empty");
    List<Descriptor> descriptors = descriptors(request);
    com.google.rpc.Status full = Errors.ifFull(backend);
    if (full == null) {
      limits.decide(request.getDomain(), descriptors, new Answer(backend, out));
    } else {
      out.onError(Errors.exception(full));
    }
  }

  private static List<Descriptor> descriptors(RateLimitRequest request) {
    int count = request.getDescriptorsCount();
    InvalidField.unless(
        count >= 1 && count <= Operation.MAX_PARTS,
        "descriptors",
        "must be 1 to " + Operation.MAX_PARTS);
    // Unsigned, as everything that counts here.
    long hits = Math.max(1, Integer.toUnsignedLong(request.getHitsAddend()));
    List<Descriptor> descriptors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      RateLimitDescriptor descriptor = request.getDescriptors(i);
      descriptors.add(
          Operations.within("descriptors[" + i + "]", () -> descriptor(descriptor, hits)));
    }
    return descriptors;
  }

  private static Descriptor descriptor(RateLimitDescriptor descriptor, long hits) {
    InvalidField.unless(descriptor.getEntriesCount() > 0, "entries", "must not be empty");
    InvalidField.unless(
        !descriptor.getIsNegativeHits(),
        "is_negative_hits",
        "must not be set: what was taken is not given back");
    long own = descriptor.getHitsAddend().getValue();
    return new Descriptor(
        descriptor.getEntriesList().stream().map(RateLimitCalls::entry).toList(),
        !descriptor.hasHitsAddend() ? hits : own < 0 ? Long.MAX_VALUE : own,
        descriptor.hasLimit()
            ? Operations.within("limit", () -> override(descriptor.getLimit()))
            : null);
  }

  private static Descriptor.Entry entry(RateLimitDescriptor.Entry entry) {
    return new Descriptor.Entry(entry.getKey(), entry.getValue());
  }

  private static Limit override(RateLimitDescriptor.RateLimitOverride override) {
    Unit unit = unit(override.getUnit());
    InvalidField.unless(unit != null, "unit", "must be SECOND, MINUTE, HOUR or DAY");
    long requests = Integer.toUnsignedLong(override.getRequestsPerUnit());
    return Limit.of((int) Math.min(Integer.MAX_VALUE, requests), Objects.requireNonNull(unit));
  }

  private static @Nullable Unit unit(RateLimitDescriptor.Unit unit) {
    return switch (unit) {
      case SECOND -> Unit.SECOND;
      case MINUTE -> Unit.MINUTE;
      case HOUR -> Unit.HOUR;
      case DAY -> Unit.DAY;
      case UNKNOWN, MONTH, YEAR, UNRECOGNIZED -> null;
    };
  }

  /** Answers a call. */
  private record Answer(Backend backend, StreamObserver<RateLimitResponse> out)
      implements LimitDecision {
    @Override
    public void decided(Verdict verdict) {
      out.onNext(RateLimitAnswers.of(verdict));
      out.onCompleted();
    }

    @Override
    public void refused(Result.Refused why) {
      out.onError(Errors.exception(Errors.refused(why, 0)));
    }

    @Override
    public void failed(Failure why) {
      out.onError(Errors.exception(Errors.failed(why, backend.cluster())));
    }
  }
}
