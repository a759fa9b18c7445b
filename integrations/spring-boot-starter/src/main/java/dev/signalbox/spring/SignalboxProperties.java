package dev.signalbox.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is configured. Unknown properties stop the start, and so do impossible ones. Immutable.
 *
 * @param enabled Whether anything of this is set up. Without it, nothing is limited.
 * @param targets Servers, host:port each: of a cluster all nodes.
 * @param clientName Who this is, for the service's listings. The application's name and the process
 *     id unless said.
 * @param lease How long the service keeps our permits without hearing from us: 1 s to 10 min.
 * @param endAfterBreak Ends the session this long after its connection breaks, 0 to the lease.
 *     Permits of a killed process are then back at once, but a broken connection costs all permits.
 * @param patience How long a call waits for a session while no server answers.
 * @param limiters Limiters by name. A name with other characters than letters, digits and dashes
 *     stands in brackets: "[payments/ledger-db]".
 * @param web Limits on HTTP requests.
 */
@ConfigurationProperties(prefix = "signalbox", ignoreUnknownFields = false)
public record SignalboxProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("localhost:7600") List<String> targets,
    @Nullable String clientName,
    @DefaultValue("15s") Duration lease,
    @Nullable Duration endAfterBreak,
    @DefaultValue("10s") Duration patience,
    @DefaultValue Map<String, LimiterSettings> limiters,
    @DefaultValue Web web) {

  /** What a limiter does while the service cannot be reached. */
  public enum WhenUnreachable {
    /** Lets nothing in. */
    CLOSED,
    /** Lets everything in. */
    OPEN,
    /** Keeps this process to a share of each limit. */
    LOCAL
  }

  /**
   * One limiter.
   *
   * @param limits What it keeps to, all at once: 1 to 64.
   * @param failMode What it does while the service cannot be reached.
   * @param localShare This process's share of each limit for fail mode local: above 0, at most 1.
   * @param answerWithin How long the service may take to answer, beyond the call's wait: 1 ms to 1
   *     min.
   * @param retryAfter What a refused call is told when nothing better is known: 1 ms to 1 day.
   * @param maxWait How long a call may wait for its permits: 0 to 365 days.
   * @param shadow Lets every call pass and only counts what would have happened.
   */
  public record LimiterSettings(
      @DefaultValue List<LimitSettings> limits,
      @DefaultValue("closed") WhenUnreachable failMode,
      @Nullable Double localShare,
      @DefaultValue("1s") Duration answerWithin,
      @DefaultValue("1s") Duration retryAfter,
      @DefaultValue("0s") Duration maxWait,
      @DefaultValue("false") boolean shadow) {}

  /**
   * One limit: on concurrency or on rate. The semaphore is created when it is first needed; one
   * that exists stays as it is.
   *
   * @param semaphore The semaphore's name, with keys in braces. The limiter's name unless said,
   *     where the limiter has but one limit.
   * @param concurrency So many calls at once, over all processes: 1 to 2147483647.
   * @param rate So many calls per period, over all processes: 1 to 2147483647.
   * @param period The period of the rate: 1 ms to 1 day.
   * @param burst How many calls may come at once after a rest. As many as the rate unless said.
   * @param taking How many permits one call takes.
   * @param idleTtl Deletes the semaphore when it was idle this long: 1 s to 365 days. 1 h for a
   *     name with braces, otherwise never, unless said.
   */
  public record LimitSettings(
      @Nullable String semaphore,
      @Nullable Integer concurrency,
      @Nullable Integer rate,
      @Nullable Duration period,
      @Nullable Integer burst,
      @DefaultValue("1") int taking,
      @Nullable Duration idleTtl) {}

  /**
   * Limits on HTTP requests.
   *
   * @param order Place of the filter among the others. After Spring Security's unless said.
   * @param rules What limits which request: the first rule that matches, and no other.
   */
  public record Web(@DefaultValue("-50") int order, @DefaultValue List<Rule> rules) {}

  /**
   * Requests that pass a limiter.
   *
   * @param paths Patterns such as /ledger/** or /tenants/{tenant}/*, without the context path. Any
   *     of them, and unless said all paths.
   * @param methods HTTP methods. All of them unless said.
   * @param limiter The limiter's name.
   * @param keys Where the limiter's keys come from: header:NAME, query:NAME, path:NAME, principal
   *     or remote-address. Requests without it share one value.
   * @param maxWait How long a request may wait, on its thread. As configured for the limiter unless
   *     said.
   */
  public record Rule(
      @DefaultValue("/**") List<String> paths,
      @DefaultValue List<String> methods,
      @Nullable String limiter,
      @DefaultValue Map<String, String> keys,
      @Nullable Duration maxWait) {}
}
