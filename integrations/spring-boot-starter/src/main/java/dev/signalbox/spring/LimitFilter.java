package dev.signalbox.spring;

import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.Decision;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Lets HTTP requests in, by the first rule that matches. What a request holds goes back when its
 * response is complete, also where that is not before its thread has left.
 */
final class LimitFilter extends OncePerRequestFilter {
  private final List<WebRule> rules;

  LimitFilter(List<WebRule> rules) {
    this.rules = rules;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Decision> decision = decide(request);
    if (decision.isEmpty()) {
      chain.doFilter(request, response);
    } else if (decision.get() instanceof Refusal refusal) {
      RefusedResponse.send(response, refusal);
    } else {
      filter(request, response, chain, decision.get().orThrow());
    }
  }

  private static void filter(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Admission admission)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } finally {
      EndOfRequest.of(request, admission::close);
    }
  }

  private Optional<Decision> decide(HttpServletRequest request) throws ServletException {
    PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    for (WebRule rule : rules) {
      Optional<LimitKeys> keys = rule.match(request, path);
      if (keys.isPresent()) {
        return Optional.of(decide(rule, keys.get()));
      }
    }
    return Optional.empty();
  }

  private static Decision decide(WebRule rule, LimitKeys keys) throws ServletException {
    try {
      return rule.limiter().decide(keys, rule.maxWait());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServletException(
          "interrupted while waiting for limiter '" + rule.limiter().name() + "'", e);
    }
  }
}
