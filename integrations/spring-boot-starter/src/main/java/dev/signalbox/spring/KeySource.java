package dev.signalbox.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a rule takes a key's value from. */
@FunctionalInterface
interface KeySource {
  /**
   * The value.
   *
   * @param variables what the path's pattern extracted
   */
  @Nullable String of(HttpServletRequest request, Map<String, String> variables);

  /**
   * Reads how a source is configured.
   *
   * @throws IllegalArgumentException if it is none
   */
  static KeySource parse(String text) {
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("must name what it is, not " + text);
    }
    return switch (colon < 0 ? text : text.substring(0, colon + 1)) {
      case "header:" -> (request, variables) -> request.getHeader(name);
      case "query:" -> (request, variables) -> QueryString.first(request.getQueryString(), name);
      case "path:" -> (request, variables) -> variables.get(name);
      case "principal" -> (request, variables) -> name(request.getUserPrincipal());
      case "remote-address" -> (request, variables) -> request.getRemoteAddr();
      default ->
          throw new IllegalArgumentException(
              "must be header:NAME, query:NAME, path:NAME, principal or remote-address, not "
                  + text);
    };
  }

  private static @Nullable String name(@Nullable Principal principal) {
    return principal == null ? null : principal.getName();
  }
}
