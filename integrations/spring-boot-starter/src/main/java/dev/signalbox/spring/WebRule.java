package dev.signalbox.spring;

import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Which requests pass which limiter, and with what keys.
 *
 * @param methods those meant; all if empty
 * @param maxWait how long a request may wait
 */
record WebRule(
    List<PathPattern> paths,
    Set<String> methods,
    Limiter limiter,
    Map<String, KeySource> keys,
    Duration maxWait) {
  /** The keys of a request, if the rule is for it. */
  Optional<LimitKeys> match(HttpServletRequest request, PathContainer path) {
    if (!methods.isEmpty() && !methods.contains(request.getMethod())) {
      return Optional.empty();
    }
    return paths.stream()
        .flatMap(pattern -> Optional.ofNullable(pattern.matchAndExtract(path)).stream())
        .findFirst()
        .map(found -> keysOf(request, found.getUriVariables()));
  }

  private LimitKeys keysOf(HttpServletRequest request, Map<String, String> variables) {
    LimitKeys values = LimitKeys.none();
    for (Map.Entry<String, KeySource> key : keys.entrySet()) {
      values = values.and(key.getKey(), KeyValues.of(key.getValue().of(request, variables)));
    }
    return values;
  }
}
