package dev.signalbox.spring;

import dev.signalbox.client.limit.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers a request that was refused: 429 where a limit is reached, 503 where nobody could be
 * asked. It names no limiter, as its readers need not know how the house is laid out.
 */
final class RefusedResponse {
  private RefusedResponse() {}

  static void send(HttpServletResponse response, Refusal refusal) throws IOException {
    HttpStatus status =
        refusal.cause() == Refusal.Cause.UNAVAILABLE
            ? HttpStatus.SERVICE_UNAVAILABLE
            : HttpStatus.TOO_MANY_REQUESTS;
    long seconds = wholeSeconds(refusal.retryAfter());
    response.setStatus(status.value());
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    byte[] body = problem(status, seconds).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Rounded up, as an earlier try would be refused; and 1 at least, as 0 means at once. */
  private static long wholeSeconds(Duration duration) {
    long up = duration.plusSeconds(1).minusNanos(1).toSeconds();
    return Math.max(1, up);
  }

  private static String problem(HttpStatus status, long seconds) {
    return """
    {"type":"about:blank","title":"%s","status":%d,"detail":"Try again in %d s."}\
    """
        .formatted(status.getReasonPhrase(), status.value(), seconds);
  }
}
