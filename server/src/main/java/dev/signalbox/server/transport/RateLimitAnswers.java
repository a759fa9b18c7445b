package dev.signalbox.server.transport;

import dev.signalbox.server.ratelimit.Limit;
import dev.signalbox.server.ratelimit.Unit;
import dev.signalbox.server.ratelimit.Verdict;
import dev.signalbox.server.transport.envoy.HeaderValue;
import dev.signalbox.server.transport.envoy.RateLimitResponse;
import dev.signalbox.server.transport.envoy.RateLimitResponse.Code;
import dev.signalbox.server.transport.envoy.RateLimitResponse.DescriptorStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Verdicts as they go over the wire; a refusal with headers that say what to do. */
final class RateLimitAnswers {
  private static final long MICROS = 1_000_000L;

  private RateLimitAnswers() {}

  static RateLimitResponse of(Verdict verdict) {
    RateLimitResponse.Builder response =
        RateLimitResponse.newBuilder().setOverallCode(code(verdict.isOver()));
    verdict.statuses().forEach(status -> response.addStatuses(status(status)));
    if (verdict.isOver()) {
      addHeaders(verdict, response);
    }
    return response.build();
  }

  private static DescriptorStatus status(Verdict.Status status) {
    DescriptorStatus.Builder answer = DescriptorStatus.newBuilder().setCode(code(status.over()));
    Limit limit = status.limit();
    if (limit != null) {
      answer
          .setCurrentLimit(
              RateLimitResponse.RateLimit.newBuilder()
                  .setRequestsPerUnit(limit.requestsPerUnit())
                  .setUnit(unit(limit.unit())))
          .setLimitRemaining(status.remaining())
          .setDurationUntilReset(WireTime.duration(status.fullMicros()));
    }
    return answer.build();
  }

  private static void addHeaders(Verdict verdict, RateLimitResponse.Builder response) {
    List<Verdict.Status> over = verdict.statuses().stream().filter(Verdict.Status::over).toList();
    Verdict.Status scarcest =
        over.stream().min(Comparator.comparingInt(Verdict.Status::remaining)).orElseThrow();
    int limit = Objects.requireNonNull(scarcest.limit()).requestsPerUnit();
    add(response, "x-ratelimit-limit", limit + ", " + policies(verdict));
    add(response, "x-ratelimit-remaining", Integer.toString(scarcest.remaining()));
    add(response, "x-ratelimit-reset", Long.toString(seconds(scarcest.fullMicros())));
    if (over.stream().noneMatch(status -> status.retryMicros() == Verdict.Status.NEVER)) {
      long retry = over.stream().mapToLong(Verdict.Status::retryMicros).max().orElseThrow();
      add(response, "retry-after", Long.toString(seconds(retry)));
    }
  }

  private static void add(RateLimitResponse.Builder response, String key, String value) {
    response.addResponseHeadersToAdd(HeaderValue.newBuilder().setKey(key).setValue(value));
  }

  /** Every limit that the request falls under, with its window in seconds. */
  private static String policies(Verdict verdict) {
    return verdict.statuses().stream()
        .map(Verdict.Status::limit)
        .filter(Objects::nonNull)
        .map(RateLimitAnswers::policy)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String policy(Limit limit) {
    String policy = limit.requestsPerUnit() + ";w=" + limit.unit().seconds();
    boolean plain = limit.isClosed() || limit.burst() == limit.requestsPerUnit();
    return plain ? policy : policy + ";burst=" + limit.burst();
  }

  private static Code code(boolean over) {
    return over ? Code.OVER_LIMIT : Code.OK;
  }

  private static RateLimitResponse.RateLimit.Unit unit(Unit unit) {
    return switch (unit) {
      case SECOND -> RateLimitResponse.RateLimit.Unit.SECOND;
      case MINUTE -> RateLimitResponse.RateLimit.Unit.MINUTE;
      case HOUR -> RateLimitResponse.RateLimit.Unit.HOUR;
      case DAY -> RateLimitResponse.RateLimit.Unit.DAY;
    };
  }

  /** Whole seconds, rather too many than too few. */
  private static long seconds(long micros) {
    return Math.floorDiv(micros + MICROS - 1, MICROS);
  }
}
